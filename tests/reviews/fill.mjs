// Fills a form in with the engine of Firefox: node fill.mjs PDFJS FORM OUT VALUES.json
import fs from "node:fs";

for (const name of ["DOMMatrix", "ImageData", "Path2D"]) globalThis[name] ??= class {};
const [, , engine, form, out, asked] = process.argv;
const { getDocument } = await import(`${engine}/legacy/build/pdf.mjs`);
const values = JSON.parse(fs.readFileSync(asked, "utf8"));
const data = new Uint8Array(fs.readFileSync(form));
const file = await getDocument({ data, useSystemFonts: false, verbosity: 0 }).promise;
const fields = await file.getFieldObjects();
for (const [name, value] of Object.entries(values)) {
  for (const field of fields[name]) {
    if (field.type === "text") file.annotationStorage.setValue(field.id, { value });
    else if (field.exportValues === value) file.annotationStorage.setValue(field.id, { value: true });
  }
}
fs.writeFileSync(out, await file.saveDocument());
await file.destroy();
