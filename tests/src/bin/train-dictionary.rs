//! Trains the dictionary that record bodies are compressed with, on synthetic appeals alone:
//!
//! ```text
//! cargo run -p beket-tests --bin train-dictionary -- shared/record/dictionaries/1.zdict
//! ```
//!
//! Whoever replaces the dictionary pins the hash that is printed (`PINNED` in
//! `shared/record/src/compress.rs`) and writes the golden records anew with
//! `BEKET_BLESS=1 cargo test -p beket-record golden`.
//!
//! With `--kib N` of another size, with `--compare` sizes beside each other, on changes of another
//! seed than those it was trained on.
//! Refuses chance: the same documents give the same bytes. A dictionary that an installation's
//! records were written with is never to be replaced: they need it for ever.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use beket_tests::changes::{Changes, changes};
use zstd::bulk::Compressor;
use zstd::zstd_safe::CParameter;

const USAGE: &str = "usage: train-dictionary OUT.zdict [--kib 64] [--compare]";
/// As in `beket-record`'s `compress.rs`.
const LEVEL: i32 = 9;
const TRAINING: (u64, usize) = (1, 20_000);
const HELD_OUT: (u64, usize) = (2, 4_000);

struct Options {
    out: PathBuf,
    kib: usize,
    compare: bool,
}

fn main() -> ExitCode {
    let Some(options) = parse(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("train-dictionary: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn parse(mut arguments: impl Iterator<Item = String>) -> Option<Options> {
    let mut options = Options { out: PathBuf::new(), kib: 64, compare: false };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--kib" => options.kib = arguments.next()?.parse().ok()?,
            "--compare" => options.compare = true,
            flag if flag.starts_with('-') => return None,
            path => options.out = path.into(),
        }
    }
    (!options.out.as_os_str().is_empty()).then_some(options)
}

fn run(options: &Options) -> Result<()> {
    let training = changes(TRAINING.0, TRAINING.1)?;
    let held_out = changes(HELD_OUT.0, HELD_OUT.1)?;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "trained on {} creations and {} edits; measured on {} and {} others",
        training.creations.len(),
        training.edits.len(),
        held_out.creations.len(),
        held_out.edits.len(),
    )?;
    writeln!(out, "average bytes      raw   without dictionary   with it")?;
    let others = [32, 64, 112].into_iter().filter(|kib| options.compare && *kib != options.kib);
    for kib in others {
        report(&mut out, kib, &train(&training, kib)?, &held_out)?;
    }
    let dictionary = train(&training, options.kib)?;
    report(&mut out, options.kib, &dictionary, &held_out)?;
    std::fs::write(&options.out, &dictionary)
        .with_context(|| format!("{} cannot be written", options.out.display()))?;
    let hash = blake3::hash(&dictionary);
    writeln!(out, "{}: {} bytes, BLAKE3 {hash}", options.out.display(), dictionary.len())?;
    Ok(())
}

/// Creations and edits in turn, so that neither kind has the dictionary for itself.
fn train(changes: &Changes, kib: usize) -> Result<Vec<u8>> {
    let (creations, edits) = (&changes.creations, &changes.edits);
    let mut samples = Vec::with_capacity(creations.len() + edits.len());
    for (index, creation) in creations.iter().enumerate() {
        samples.push(creation);
        samples.extend(edits.get(index));
    }
    let dictionary = zstd::dict::from_samples(&samples, kib * 1024)?;
    if dictionary.len() != kib * 1024 {
        bail!(
            "the samples fill {} bytes of the {} that were asked for",
            dictionary.len(),
            kib * 1024
        );
    }
    Ok(dictionary)
}

fn report(out: &mut impl Write, kib: usize, dictionary: &[u8], held_out: &Changes) -> Result<()> {
    writeln!(out, "{kib} KiB")?;
    for (what, changes) in [("creation", &held_out.creations), ("edit", &held_out.edits)] {
        let raw: usize = changes.iter().map(Vec::len).sum();
        let (without, with) = (deflated(changes, None)?, deflated(changes, Some(dictionary))?);
        let [raw, without, with] =
            [raw, without, with].map(|bytes| (10 * bytes / changes.len()).to_string());
        let [raw, without, with] = [raw, without, with].map(|tenths| {
            let (whole, tenth) = tenths.split_at(tenths.len() - 1);
            format!("{whole}.{tenth}")
        });
        writeln!(out, "  {what:<10}{raw:>10}{without:>21}{with:>10}")?;
    }
    Ok(())
}

/// All bytes of these changes, each compressed by itself as a record's body is.
fn deflated(changes: &[Vec<u8>], dictionary: Option<&[u8]>) -> Result<usize> {
    let mut compressor = match dictionary {
        Some(dictionary) => Compressor::with_dictionary(LEVEL, dictionary)?,
        None => Compressor::new(LEVEL)?,
    };
    compressor.set_parameter(CParameter::DictIdFlag(false))?;
    changes.iter().map(|change| Ok(compressor.compress(change)?.len())).sum()
}
