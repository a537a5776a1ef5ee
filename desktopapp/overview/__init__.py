"""Looking across areas: the only code that may see all of them."""
