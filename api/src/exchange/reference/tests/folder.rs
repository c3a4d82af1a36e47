//! The files of a folder: found, missing, unreadable.

use std::{fs, path::PathBuf};

use super::{country, shelf};
use crate::exchange::reference::{Files, Reason, read};

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("articula-reference-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder");
        for (file, text) in shelf() {
            fs::write(path.join(file), text).expect("a file");
        }
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_folder_gives_the_same_as_texts() {
    let folder = Folder::new("whole");
    let files = Files::from_dir(&folder.0).expect("all files");
    assert_eq!(read(&files), read(&country()));
}

#[test]
fn a_file_that_is_missing_unreadable_or_not_utf8_is_refused() {
    let folder = Folder::new("broken");
    fs::write(folder.0.join("departments.csv"), b"code,name,source,official\n01,Nari\xf1o,a,true\n").expect("a file");
    fs::remove_file(folder.0.join("coverage.csv")).expect("removed");
    fs::remove_file(folder.0.join("unit_kinds.csv")).expect("removed");
    fs::create_dir(folder.0.join("unit_kinds.csv")).expect("a folder in the way");
    let faults = Files::from_dir(&folder.0).expect_err("three faults");
    assert_eq!(faults[0].to_string(), "departments.csv, row 2: the text is not UTF-8; save the file as UTF-8");
    assert_eq!(faults[1].to_string(), "coverage.csv: the file is missing");
    assert!(matches!(&faults[2].reason, Reason::Unreadable(_)), "{}", faults[2]);
}
