//! The table that the documents quote.

use crate::Measured;

/// What was measured.
pub struct Report {
    scales: Vec<u32>,
    all: Vec<(bool, u32, Vec<Measured>)>,
    /// Hostile documents: what, bytes, code, milliseconds.
    pub hostile: Vec<(&'static str, usize, String, f64)>,
    /// Starts: what, seconds, MiB.
    pub starts: Vec<(&'static str, f64, f64)>,
    /// Memory after all cases: where, scale, MiB.
    pub memory: Vec<(bool, u32, f64)>,
}

impl Report {
    /// An empty one.
    pub fn new(scales: &[u32]) -> Self {
        Self { scales: scales.to_vec(), all: vec![], hostile: vec![], starts: vec![], memory: vec![] }
    }

    /// Adds a database at a scale.
    pub fn add(&mut self, postgres: bool, scale: u32, measured: Vec<Measured>) {
        self.all.push((postgres, scale, measured));
    }

    fn of(&self, postgres: bool, scale: u32) -> &[Measured] {
        let found = self.all.iter().find(|(on, at, _)| (*on, *at) == (postgres, scale));
        found.map_or(&[], |(.., measured)| measured)
    }

    /// Prints everything as Markdown.
    pub fn print(&self) {
        for scale in &self.scales {
            self.print_scale(*scale);
        }
        if let [small, large] = self.scales[..] {
            println!("\nCost per object at scale {large} as a multiple of scale {small} (goal: at most 1.5):\n");
            println!("| case | objects | SQLite | PostgreSQL |\n| --- | ---: | ---: | ---: |");
            for (number, one) in self.of(false, small).iter().enumerate() {
                let growth = |postgres| {
                    let each = |scale| self.of(postgres, scale).get(number).map(|m| m.ours / m.objects as f64);
                    each(large)
                        .zip(each(small))
                        .map_or("–".to_owned(), |(large, small)| format!("{:.2}", large / small))
                };
                let objects = self.of(false, large).get(number).map_or(0, |measured| measured.objects);
                println!("| {} | {} → {objects} | {} | {} |", one.case.name, one.objects, growth(false), growth(true));
            }
        }
        self.print_others();
    }

    fn print_scale(&self, scale: u32) {
        println!(
            "\nCPU per request at scale {scale}, server + database, in µs; in brackets the database's own part:\n"
        );
        println!(
            "| case | objects | kB | SQLite | by hand | ratio | PostgreSQL | by hand | ratio | goal | SQLite / PostgreSQL |"
        );
        println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (number, one) in self.of(false, scale).iter().enumerate() {
            let goal = one.case.goal.map_or("–".to_owned(), |goal| format!("{goal:.1}"));
            let other = self.of(true, scale).get(number).map_or("– | – | – ".to_owned(), |other| {
                format!("{:.0} ({:.0}) | {:.0} | {:.2}", other.ours, other.ours_database, other.rival, other.ratio)
            });
            let against = self
                .of(true, scale)
                .get(number)
                .map_or("–".to_owned(), |other| format!("{:.2}", one.ours / other.ours));
            println!(
                "| {} | {} | {:.1} | {:.0} | {:.0} | {:.2} | {other} | {goal} | {against} |",
                one.case.name,
                one.objects,
                one.bytes as f64 / 1000.0,
                one.ours,
                one.rival,
                one.ratio
            );
        }
    }

    fn print_others(&self) {
        println!("\nHostile documents, the most CPU of any round in ms (goal: under 10):\n");
        println!("| document | bytes | answered with | ms |\n| --- | ---: | --- | ---: |");
        for (what, bytes, code, milliseconds) in &self.hostile {
            println!("| {what} | {bytes} | {code} | {milliseconds:.2} |");
        }
        println!("\nStart and memory:\n\n| what | seconds | most memory, MiB |\n| --- | ---: | ---: |");
        for (what, seconds, memory) in &self.starts {
            println!("| {what} | {seconds:.1} | {memory:.0} |");
        }
        for (postgres, scale, memory) in &self.memory {
            let on = if *postgres { "PostgreSQL" } else { "SQLite" };
            println!("| server after all cases, {on}, scale {scale} | | {memory:.0} |");
        }
    }
}
