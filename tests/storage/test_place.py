"""Where the data would come to harm is told before it does, and no good place is suspected."""

import pytest

from desktopapp.areas import TABLES
from desktopapp.storage import close_file, open_file, place
from desktopapp.storage.place import NETWORK, REMOVABLE, SYNCED, Lies, Misplaced, Surroundings, lies


def windows(**variables):
    drives = {"E:": REMOVABLE, "Z:": NETWORK}
    return Surroundings(windows=True, variables=variables, drive=lambda folder: drives.get(folder[:2], ""))


LINUX = Surroundings(windows=False, variables={}, drive=lambda folder: place.remote(folder, MOUNTS))
MOUNTS = [
    "/dev/sda1 / ext4 rw 0 0", "nas:/share /srv/nas nfs4 rw 0 0", "//nas/b /home/zhou/办公\\040共享 cifs rw 0 0",
    "tmpfs /tmp tmpfs rw 0 0", "/dev/sdb1 /srv/nas/local ext4 rw 0 0",
]  # fmt: skip

AMISS = [
    (r"C:\Users\zhou\OneDrive\TeamHelm", SYNCED, "OneDrive"),
    (r"C:\Users\zhou\OneDrive - 远航商贸\资料", SYNCED, "OneDrive"),
    (r"C:\Users\zhou\Dropbox\x", SYNCED, "Dropbox"),
    (r"D:\Dropbox (Personal)\x", SYNCED, "Dropbox"),
    (r"D:\Google Drive\x", SYNCED, "Google Drive"),
    (r"C:\Users\zhou\iCloudDrive\x", SYNCED, "iCloud"),
    (r"D:\我的坚果云\掌舵", SYNCED, "坚果云"),
    (r"D:\Nutstore\1\掌舵", SYNCED, "坚果云"),
    (r"C:\Users\zhou\WPS Cloud Files\x", SYNCED, "WPS云盘"),
    (r"D:\WPS云盘\x", SYNCED, "WPS云盘"),
    (r"D:\BaiduSyncdisk\x", SYNCED, "百度网盘"),
    (r"D:\百度网盘\x", SYNCED, "百度网盘"),
    (r"D:\微云\x", SYNCED, "微云"),
    (r"D:\阿里云盘\x", SYNCED, "阿里云盘"),
    (r"D:\SynologyDrive\x", SYNCED, "Synology Drive"),
    (r"D:\Seafile\x", SYNCED, "Seafile"),
    ("/home/zhou/Nextcloud/掌舵", SYNCED, "Nextcloud"),
    ("/Users/zhou/Library/Mobile Documents/com~apple~CloudDocs/x", SYNCED, "iCloud"),
    (r"\\nas\共享\掌舵", NETWORK, ""),
    (r"Z:\掌舵", NETWORK, ""),
    (r"E:\掌舵", REMOVABLE, ""),
    ("/srv/nas/掌舵", NETWORK, ""),
    ("/home/zhou/办公 共享/掌舵", NETWORK, ""),
]
FIT = [
    r"C:\Users\zhou\AppData\Local\TeamHelm", r"D:\TeamHelm", r"D:\数据\掌舵", r"C:\ProgramData\TeamHelm",
    r"D:\onedrive-tools\data", r"D:\dropboxes", r"D:\资料备份", r"\\?\C:\TeamHelm", r"C:\Users\one drive\x",
    r"D:\seafiles\x", r"D:\微云彩\x", r"D:\googledrives\x", r"D:\坚果\x", r"C:\Users\box\TeamHelm",
    "/home/zhou/.local/share/teamhelm", "/srv/nas/local/掌舵", "/tmp/x", "/home/zhou/nfs/x",
    "/Users/zhou/Library/Application Support/TeamHelm", "/opt/teamhelm",
]  # fmt: skip


@pytest.mark.parametrize(("folder", "kind", "name"), AMISS)
def test_a_place_that_is_not_fit_is_known(folder, kind, name):
    around = windows() if "\\" in folder else LINUX
    assert lies(folder, around) == Lies(kind, name)


@pytest.mark.parametrize("folder", FIT)
def test_no_good_place_is_suspected(folder):
    assert lies(folder, windows(OneDrive=r"C:\Users\zhou\OneDrive") if "\\" in folder else LINUX) is None


def test_onedrive_is_known_wherever_it_was_moved():
    assert lies(r"D:\公司文件\掌舵", windows(OneDriveCommercial=r"D:\公司文件")) == Lies(SYNCED, "OneDrive")
    assert lies(r"D:\公司文件夹\掌舵", windows(OneDriveCommercial=r"D:\公司文件")) is None


@pytest.mark.parametrize("kind", [SYNCED, NETWORK, REMOVABLE])
def test_each_is_told_with_the_way_out_in_both_languages(kind, zh, en):
    told = place.warning(Lies(kind, "坚果云"))
    assert "移到本机" in zh.text(told)
    assert "备份" in zh.text(told)
    assert "Move it to this PC" in en.text(told)


def test_new_data_is_not_put_there_unless_the_owner_insists(tmp_path):
    folder = tmp_path / "坚果云" / "掌舵"
    with pytest.raises(Misplaced):
        open_file(folder, TABLES)
    assert not folder.exists()
    opened = open_file(folder, TABLES, anywhere=True)
    close_file()
    assert opened.lies == Lies(SYNCED, "坚果云")
    assert open_file(folder, TABLES).lies == Lies(SYNCED, "坚果云")  # data that is there is opened, and told of
    close_file()


def test_copies_that_a_sync_program_made_of_a_conflict_are_named(tmp_path):
    for name in ("teamhelm.db", "teamhelm (1).db", "teamhelm-冲突-周.db", "other.db"):
        (tmp_path / name).touch()
    assert place.copies(tmp_path / "teamhelm.db") == ["teamhelm (1).db", "teamhelm-冲突-周.db"]


def test_how_much_room_is_left_is_known(tmp_path):
    assert place.free_space(tmp_path) > 0
