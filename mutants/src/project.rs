//! The copy of the crate that all mutants are written into, and what the compiler says of them.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::find::{self, Site};
use crate::splice::{Spliced, splice};

/// What the library and its tests are made of; the files beside are pages of the documentation.
const TAKEN: [&str; 11] = [
    "src/",
    "tests/",
    "laws/",
    "docs/",
    "examples/elections/",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "DESIGN.md",
    "SECURITY.md",
    "Cargo.toml",
];

/// A mutant: its number in the copy, and its place and words, by which it is known from one run to the next.
pub struct Mutant {
    pub id: usize,
    pub name: String,
    file: String,
    code: String,
    change: String,
}

impl Mutant {
    /// By what it is known when lines have moved: its file, its line of code, and what is changed.
    pub fn place(&self) -> (&str, &str, &str) {
        (&self.file, &self.code, &self.change)
    }
}

/// A file of the library with its sites; its mutants are numbered from `first`.
struct File {
    path: String,
    text: String,
    sites: Vec<Site>,
    first: usize,
    spliced: Spliced,
}

/// The library and its copy.
pub struct Project {
    root: PathBuf,
    copy: PathBuf,
    files: Vec<File>,
    dropped: HashSet<usize>,
}

impl Project {
    /// Finds the mutants of all files below some folders of `src`.
    pub fn read(root: &Path, scope: &[&str]) -> Result<Self> {
        let mut files = Vec::new();
        let mut tests = HashSet::new();
        let mut first = 1;
        for path in tracked(root)?.into_iter().filter(|path| path.starts_with("src/") && path.ends_with(".rs")) {
            let text = fs::read_to_string(root.join(&path))?;
            let found = find::find(&text).with_context(|| path.clone())?;
            let modules = Path::new(&path);
            let is_folder = modules.ends_with("mod.rs") || modules.ends_with("lib.rs");
            let folder =
                if is_folder { modules.parent().context("a folder")?.into() } else { modules.with_extension("") };
            tests.extend(found.test_modules.iter().map(|name| folder.join(name).with_extension("rs")));
            if scope.iter().any(|part| path.starts_with(&format!("src/{part}"))) {
                files.push(File { path, text, sites: found.sites, first: 0, spliced: Spliced::default() });
            }
        }
        files.retain(|file| !tests.contains(Path::new(&file.path)));
        for file in &mut files {
            file.first = first;
            first += file.sites.iter().map(|site| site.mutants.len()).sum::<usize>();
        }
        Ok(Self { root: root.into(), copy: root.join("target/mutants/copy"), files, dropped: HashSet::new() })
    }

    /// All mutants that compile, in the order of files and lines.
    pub fn mutants(&self) -> Vec<Mutant> {
        self.all().into_iter().filter(|mutant| !self.dropped.contains(&mutant.id)).collect()
    }

    fn all(&self) -> Vec<Mutant> {
        let mut mutants = Vec::new();
        for file in &self.files {
            let mut id = file.first;
            for site in &file.sites {
                let before = &file.text[..site.range.start];
                let line = before.matches('\n').count() + 1;
                let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1) + 1;
                let code = file.text.lines().nth(line - 1).unwrap_or_default().trim();
                for (_, said) in &site.mutants {
                    let name = format!("{}:{line}:{column}: {said}", file.path);
                    let [file, code, change] = [&file.path, code, said].map(String::from);
                    mutants.push(Mutant { id, name, file, code, change });
                    id += 1;
                }
            }
        }
        mutants
    }

    /// Writes the copy, and leaves out what the compiler refuses, round by round, until all of it compiles.
    pub fn write(&mut self) -> Result<()> {
        let count: usize = self.files.iter().flat_map(|file| &file.sites).map(|site| site.mutants.len()).sum();
        self.recall();
        self.copy_rest(count)?;
        for round in 1.. {
            self.splice()?;
            let refused = self.refused()?;
            println!("round {round}: {count} mutants, {} left out, {} more refused", self.dropped.len(), refused.len());
            if refused.is_empty() {
                break;
            }
            self.dropped.extend(refused);
        }
        let names = self.all().into_iter().filter(|mutant| self.dropped.contains(&mutant.id));
        let names: Vec<_> = names.map(|mutant| mutant.name).collect();
        Ok(fs::write(self.copy.join("../refused"), names.join("\n"))?)
    }

    /// Leaves out what was refused the last time.
    pub fn recall(&mut self) {
        let text = fs::read_to_string(self.copy.join("../refused")).unwrap_or_default();
        let known: HashSet<_> = text.lines().collect();
        self.dropped =
            self.all().iter().filter(|mutant| known.contains(mutant.name.as_str())).map(|mutant| mutant.id).collect();
    }

    /// What is not mutated, as it is, with the switch in the library.
    fn copy_rest(&self, count: usize) -> Result<()> {
        let mutated: HashSet<_> = self.files.iter().map(|file| file.path.as_str()).collect();
        for path in tracked(&self.root)? {
            if mutated.contains(path.as_str()) || !TAKEN.iter().any(|start| path.starts_with(start)) {
                continue;
            }
            let mut bytes = fs::read(self.root.join(&path))?;
            match path.as_str() {
                "src/lib.rs" => bytes.extend(b"#[allow(missing_docs)]\npub mod mutant;\n"),
                "tests/answers/main.rs" => bytes.extend(b"mod hunt;\n"),
                "Cargo.toml" => bytes = manifest(&String::from_utf8(bytes)?).into_bytes(),
                _ => {}
            }
            write_changed(&self.copy.join(path), &bytes)?;
        }
        let switch = format!("{}\nconst COUNT: usize = {};\n", include_str!("switch.rs"), count + 1);
        write_changed(&self.copy.join("tests/answers/hunt.rs"), include_bytes!("worker.rs"))?;
        write_changed(&self.copy.join("src/mutant.rs"), switch.as_bytes())
    }

    fn splice(&mut self) -> Result<()> {
        for file in &mut self.files {
            file.spliced = splice(&file.text, &file.sites, file.first, &self.dropped);
            write_changed(&self.copy.join(&file.path), file.spliced.text.as_bytes())?;
        }
        Ok(())
    }

    /// The mutants that the compiler complains of.
    fn refused(&self) -> Result<HashSet<usize>> {
        let messages = self.cargo(&["check", "--lib", "--features", "std,serde,rayon,proptest"])?;
        let mut refused = HashSet::new();
        for message in messages.iter().map(|message| &message["message"]).filter(|message| message["level"] == "error")
        {
            let spans =
                || message["spans"].as_array().into_iter().flatten().filter_map(|span| self.file_and_bytes(span));
            let mut blamed: Vec<usize> = spans().filter_map(|(file, bytes)| file.spliced.own_at(&bytes)).collect();
            if blamed.is_empty() {
                blamed = spans().flat_map(|(file, bytes)| file.spliced.around(&bytes)).collect();
            }
            let is_end = message["spans"].as_array().is_none_or(Vec::is_empty);
            ensure!(
                is_end || !blamed.is_empty(),
                "no mutant is to blame:\n{}",
                message["rendered"].as_str().unwrap_or("")
            );
            refused.extend(blamed);
        }
        Ok(refused)
    }

    fn file_and_bytes(&self, span: &Value) -> Option<(&File, std::ops::Range<usize>)> {
        let file = self.files.iter().find(|file| span["file_name"] == file.path.as_str())?;
        let at = |key: &str| span[key].as_u64().and_then(|at| usize::try_from(at).ok());
        Some((file, at("byte_start")?..at("byte_end")?))
    }

    /// The test programs of the copy, built.
    pub fn build(&self, names: &[String]) -> Result<Vec<PathBuf>> {
        let tests = names.iter().flat_map(|name| if name == "lib" { vec!["--lib"] } else { vec!["--test", name] });
        let arguments: Vec<_> = ["test", "--no-run"].into_iter().chain(tests).collect();
        let messages = self.cargo(&arguments)?;
        let is_end = |message: &Value| message["reason"] == "build-finished";
        ensure!(messages.iter().any(|last| is_end(last) && last["success"] == true), "the tests do not compile");
        let tests = messages.iter().filter(|message| message["profile"]["test"] == true);
        Ok(tests.filter_map(|message| message["executable"].as_str()).map(PathBuf::from).collect())
    }

    /// What cargo says, message by message.
    fn cargo(&self, arguments: &[&str]) -> Result<Vec<Value>> {
        let output = Command::new("cargo")
            .args(arguments)
            .arg("--message-format=json")
            .current_dir(&self.copy)
            .env("CARGO_TARGET_DIR", self.copy.join("../target"))
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("RUSTFLAGS", "--cap-lints=allow")
            .stderr(Stdio::inherit())
            .output()?;
        let lines = String::from_utf8(output.stdout)?;
        Ok(lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
    }
}

/// The manifest of the copy: a workspace of its own, without members.
fn manifest(text: &str) -> String {
    let begin = text.find("[package]").unwrap_or(0);
    format!("[workspace]\n\n{}", &text[begin..])
}

/// All files of the repository, those that are not committed yet too.
fn tracked(root: &Path) -> Result<Vec<String>> {
    let output = Command::new("git").args(["ls-files", "-co", "--exclude-standard"]).current_dir(root).output()?;
    let mut paths: Vec<_> = String::from_utf8(output.stdout)?.lines().map(String::from).collect();
    paths.retain(|path| root.join(path).is_file());
    paths.sort();
    Ok(paths)
}

/// Writes a file unless it says the same already: cargo goes by dates.
fn write_changed(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|known| known == bytes) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().context("a folder")?)?;
    Ok(fs::write(path, bytes)?)
}
