//! `bibferry authors`: the names of a library that agree in all but case, with papers and spellings.

use super::args::{Authors, LossReport};
use super::config::Setup;
use super::inputs;
use super::report::{Reporter, Status};
use bibferry::Error;
use bibferry::convert::{self, Input};
use bibferry::transform::authors::{Cluster, Clusters};
use std::fmt::Write;

pub(super) fn run(args: &Authors, setup: &Setup) -> Result<Status, Error> {
    let mut options = args.input.options()?;
    options.author.clone_from(&args.select.author);
    let mut reporter = Reporter::to_stderr(&args.report, LossReport::Summary).under(setup);
    reporter.clusters = Some(Clusters::default());
    let found = inputs::find(args.input.paths(), options.from, &[])?;
    let inputs: Vec<Input> = found.iter().map(|it| it.input(setup)).collect();
    let outcome = convert::run(&inputs, &mut std::io::sink(), &options, &mut reporter)?;
    let clusters = reporter.clusters.take().unwrap_or_default();
    let status = reporter.summary(&outcome)?;
    super::print(Ok(table(&clusters)))?;
    Ok(status)
}

/// A line for each cluster: papers, and the spellings, the most frequent first.
fn table(clusters: &Clusters) -> String {
    let mut text = String::from("papers  author\n");
    for cluster in clusters.sorted() {
        let _ = writeln!(text, "{:>6}  {}", cluster.papers, spellings(cluster));
    }
    text
}

/// `Louis Béthune (3), Louis BÉTHUNE (1)`, or the name alone where there is one spelling.
fn spellings(cluster: &Cluster) -> String {
    if let [(name, _)] = cluster.spellings.as_slice() {
        return name.clone();
    }
    let mut all: Vec<&(String, u64)> = cluster.spellings.iter().collect();
    all.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    all.iter().map(|(name, times)| format!("{name} ({times})")).collect::<Vec<_>>().join(", ")
}
