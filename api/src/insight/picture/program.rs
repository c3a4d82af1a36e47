//! An annual program of audits as a calendar: the months of its year, and in each row an audit as it was planned and as it went.

use chrono::NaiveDate;
use entity::audit::{AuditKind, AuditState, ProgramState};
use serde_json::Value;

use super::{
    acted::{Steps, day, items, short, text},
    draw::{
        Drawn, Tongue,
        scene::{Block, FAINT, MARGIN, Outline, POINT, Pen, Scene, hand, sign},
        span::Span,
        svg::svg,
        text::clean,
    },
    gantt::Chart,
};

/// How an audit stands, each with a sign and colours of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Ahead,
    Late,
    Going,
    Reported,
    Closed,
    Cancelled,
}

impl Standing {
    const ALL: [Self; 6] = [Self::Ahead, Self::Late, Self::Going, Self::Reported, Self::Closed, Self::Cancelled];

    fn sign(self) -> &'static str {
        match self {
            Self::Ahead => "·",
            Self::Late => "!",
            Self::Going => "→",
            Self::Reported => "=",
            Self::Closed => "+",
            Self::Cancelled => "×",
        }
    }

    /// Light and dark.
    fn colours(self) -> (&'static str, &'static str) {
        match self {
            Self::Ahead => ("#eceff2", "#3d4650"),
            Self::Late => ("#fbdfdc", "#b3261e"),
            Self::Going => ("#fdf1c7", "#8a5a00"),
            Self::Reported => ("#d8e9fb", "#1f5a99"),
            Self::Closed => ("#dff3e1", "#2a7036"),
            Self::Cancelled => ("#ffffff", "#6b7480"),
        }
    }

    fn name(self, tongue: Tongue) -> &'static str {
        match self {
            Self::Ahead => tongue.say("por iniciar", "not begun"),
            Self::Late => tongue.say(
                "atrasada: pasó su fin planeado sin informe final",
                "late: past its planned end without a final report",
            ),
            Self::Going => tongue.say("en curso", "under way"),
            Self::Reported => tongue.say("con informe final", "with a final report"),
            Self::Closed => tongue.say("cerrada", "closed"),
            Self::Cancelled => tongue.say("cancelada", "cancelled"),
        }
    }
}

/// An audit as it stood on a day.
struct Row {
    number: usize,
    name: String,
    kind: String,
    state: String,
    lead: String,
    standing: Standing,
    planned: (NaiveDate, NaiveDate),
    /// When it began, and when its final report came.
    real: Option<(NaiveDate, Option<NaiveDate>)>,
}

/// A whole calendar.
pub struct Program {
    title: String,
    below: Vec<String>,
    year: Option<i32>,
    rows: Vec<Row>,
    cutoff: Option<NaiveDate>,
    notes: Vec<String>,
    tongue: Tongue,
}

fn row(number: usize, audit: &Value, date: &str, tongue: Tongue) -> Option<Row> {
    let steps = Steps::by(date, &audit["transitions"]);
    let state = steps.state(text(&audit["state"]))?;
    let planned = (day(&audit["plannedFrom"])?, day(&audit["plannedTo"])?);
    let past = |value: &Value| day(value).filter(|_| text(value) <= date);
    let ended = past(&audit["endedOn"]);
    let late = ended.is_none() && planned.1.to_string().as_str() < date;
    let standing = match state {
        "CANCELLED" => Standing::Cancelled,
        "CLOSED" => Standing::Closed,
        "FINAL_REPORT" | "FOLLOW_UP" => Standing::Reported,
        _ if late => Standing::Late,
        "PLANNED" | "PREPARED" => Standing::Ahead,
        _ => Standing::Going,
    };
    let leads = items(&audit["team"]).filter(|member| member["role"] == "LEAD");
    let lead = leads.filter_map(|member| member["person"]["name"].as_str()).map(clean).next();
    Some(Row {
        number,
        name: clean(&format!("{} {}", text(&audit["code"]), text(&audit["name"]))),
        kind: tongue.label(&AuditKind::VOCABULARY, text(&audit["kind"])),
        state: tongue.label(&AuditState::VOCABULARY, state),
        lead: lead.unwrap_or_else(|| tongue.say("sin auditor líder", "no lead auditor").to_owned()),
        standing,
        planned,
        real: past(&audit["startedOn"]).map(|from| (from, ended)),
    })
}

/// From `auditProgram { … audits { nodes { … } } }`.
pub fn program(data: &Value, date: &str, tongue: Tongue) -> Program {
    let program = &data["auditProgram"];
    let all: Vec<&Value> = items(&program["audits"]["nodes"]).collect();
    let mut rows: Vec<Row> = all.iter().filter_map(|audit| row(0, audit, date, tongue)).collect();
    for (number, row) in rows.iter_mut().enumerate() {
        row.number = number + 1;
    }
    let steps = Steps::by(date, &program["transitions"]);
    let state = steps.state(text(&program["state"])).map(|state| tongue.label(&ProgramState::VOCABULARY, state));
    let state = state.unwrap_or_else(|| tongue.say("aún no registrado", "not yet recorded").to_owned());
    let share = &program["execution"];
    let execution = match share["percent"].as_str() {
        Some(percent) => format!(
            "{}: {} {} {} ({} %)",
            tongue.say("Con informe final", "With a final report"),
            share["part"],
            tongue.say("de", "of"),
            share["whole"],
            short(percent)
        ),
        None => clean(text(&share["reason"]).trim_end_matches('.')),
    };
    let mut notes = Vec::new();
    if all.len() > rows.len() {
        let count = tongue.count(
            all.len() - rows.len(),
            ("auditoría aún no estaba registrada en esta fecha", "audit was not yet recorded on this day"),
            ("auditorías aún no estaban registradas en esta fecha", "audits were not yet recorded on this day"),
        );
        notes.push(format!("{count}."));
    }
    if program["audits"]["pageInfo"]["hasNextPage"] == true {
        notes.push(
            tongue
                .say(
                    "Hay más de 100 auditorías; se muestran las primeras.",
                    "There are more than 100 audits; the first are shown.",
                )
                .to_owned(),
        );
    }
    let organization = clean(text(&program["organization"]["name"]));
    let year = program["year"].as_i64().and_then(|year| i32::try_from(year).ok());
    let name = clean(text(&program["name"]));
    // The name mostly says the year, and that it is a program.
    let said = year.filter(|year| !name.contains(&year.to_string())).map(|year| format!(" {year}"));
    Program {
        title: format!("{}: {name}{}", tongue.say("Calendario", "Calendar"), said.unwrap_or_default()),
        below: vec![
            format!("{organization} · {state}"),
            format!("{} {date}. {execution}", tongue.say("Corte", "Cut-off")),
        ],
        year,
        rows,
        cutoff: date.parse().ok(),
        notes,
        tongue,
    }
}

const NAMES: i32 = 430;
const STATE: i32 = 190;
const DAYS: i32 = 1_080;
const CHART: i32 = MARGIN + NAMES + STATE;
const BAR: i32 = 16;

impl Program {
    /// Draws it.
    pub fn draw(&self) -> Drawn {
        let text = self.told();
        Drawn { svg: svg(&self.scene(&text)), mermaid: self.mermaid(), text }
    }

    /// The year, and the months around it in which audits were planned or held.
    fn span(&self) -> Option<Span> {
        let ends = |year: i32| [NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31)];
        let year = self.year.into_iter().flat_map(ends).flatten();
        let rows = self.rows.iter().flat_map(|row| {
            let real = row.real.into_iter().flat_map(|(from, to)| [Some(from), to]).flatten();
            [row.planned.0, row.planned.1].into_iter().chain(real)
        });
        Span::over(year.chain(rows), (CHART, DAYS))
    }

    /// It as a drawing.
    pub fn scene(&self, told: &str) -> Scene {
        let tongue = self.tongue;
        let width = CHART + DAYS + MARGIN;
        let (mut scene, y) = Scene::titled(tongue.tag(), width, &self.title, &self.below);
        let mut y = self.legend(&mut scene, y) + 14;
        if let Some(span) = self.span() {
            if let Some(day) = self.cutoff.filter(|day| span.holds(*day)) {
                let mut label = sign(&format!("{} {day}", tongue.say("Corte", "Cut-off")), 13, "#d8e9fb", "#123f6e");
                label.x = (span.bar(day, day).0 - label.w / 2).clamp(CHART, span.right() - label.w);
                label.y = y;
                y = label.bottom() + 2;
                scene.blocks.push(label);
            }
            let top = span.head(&mut scene, y, tongue);
            y = self.rows.iter().fold(top, |y, row| self.row(&mut scene, &span, y, row));
            span.rule(&mut scene, (top, y));
            if let Some(day) = self.cutoff.filter(|day| span.holds(*day)) {
                scene.upright(span.bar(day, day).0, (top, y), Pen::Mark);
            }
        }
        if self.rows.is_empty() {
            let none = Block::new(MARGIN, y + 8, 700).coloured("#f4f6f8", FAINT).dashed();
            let none = none.write(self.nothing(), hand(15, false, 4));
            y = none.bottom();
            scene.blocks.push(none);
        }
        let y = scene.notes(y + 8, &self.notes);
        scene.ending(y, told.to_owned())
    }

    fn nothing(&self) -> &'static str {
        self.tongue.say(
            "En esta fecha el programa no tiene auditorías que usted pueda ver.",
            "On this day the program has no audits that you may see.",
        )
    }

    fn legend(&self, scene: &mut Scene, y: i32) -> i32 {
        let tongue = self.tongue;
        let signs = Standing::ALL.map(|standing| {
            let (pale, strong) = standing.colours();
            let mut block = sign(&format!("{} {}", standing.sign(), standing.name(tongue)), 13, pale, strong);
            block.dashed = standing == Standing::Cancelled;
            block
        });
        let y = scene.legend(y, signs.into()) + 8;
        let bar = |fill, dashed: bool| {
            let mut bar = Block::new(0, 0, 60).coloured(fill, "#3d4650");
            (bar.h, bar.dashed) = (BAR, dashed);
            bar
        };
        let plain = |text| {
            let mut block = sign(text, 13, "#ffffff", "#ffffff");
            block.h = block.written() + 4;
            block
        };
        let open = {
            let mut bar = bar("#3d4650", false);
            bar.outline = Outline::Arrow;
            bar
        };
        let entries = vec![
            bar("#ffffff", true),
            plain(tongue.say("fechas planeadas", "planned dates")),
            bar("#3d4650", false),
            plain(tongue.say("fechas reales", "real dates")),
            open,
            plain(tongue.say("sigue en curso al corte", "still under way at the cut-off")),
        ];
        scene.legend(y, entries)
    }

    fn row(&self, scene: &mut Scene, span: &Span, top: i32, row: &Row) -> i32 {
        let tongue = self.tongue;
        let frame = scene.blocks.len();
        let mut band = Block::new(MARGIN, top, NAMES + STATE + DAYS);
        band.holds = true;
        scene.blocks.push(band.coloured(if row.number.is_multiple_of(2) { "#fefefe" } else { "#f7f8fa" }, "#e3e6ea"));
        let name = Block::new(MARGIN + 1, top + 1, NAMES - 2).write(&row.name, hand(14, true, 4));
        let about = format!("{} · {}: {}", row.kind, tongue.say("Líder", "Lead"), row.lead);
        let name = name.write(&about, hand(12, false, 3).in_ink(FAINT));
        let name = [self.planned(row)]
            .into_iter()
            .chain(self.real(row))
            .fold(name, |name, days| name.write(&days, hand(12, false, 2).in_ink(FAINT)));
        let mut bottom = name.bottom();
        scene.blocks.push(name.told(format!("{}. {about}", row.name)));
        let (pale, strong) = row.standing.colours();
        let mut state = Block::new(MARGIN + NAMES + 2, top + 10, STATE - 12).coloured(pale, strong);
        state.dashed = row.standing == Standing::Cancelled;
        let state = state
            .write(&format!("{} {}", row.standing.sign(), row.state), hand(13, true, 2))
            .told(row.standing.name(tongue));
        bottom = bottom.max(state.bottom() + 10);
        scene.blocks.push(state);
        let (x, w) = span.bar(row.planned.0, row.planned.1);
        let mut planned = Block::new(x, top + 12, w).coloured("#ffffff", strong).dashed();
        planned.h = BAR;
        scene.blocks.push(planned.told(self.planned(row)));
        if let Some((from, to)) = row.real {
            let until = to.or(self.cutoff).unwrap_or(from).max(from);
            let (x, w) = span.bar(from, until);
            let mut real = Block::new(x, top + 12 + BAR + 4, w).coloured(strong, strong);
            (real.h, real.outline) = (BAR, if to.is_none() && w > POINT + 4 { Outline::Arrow } else { Outline::Box });
            scene.blocks.push(real.told(self.real(row).unwrap_or_default()));
        }
        bottom = bottom.max(top + 12 + 2 * BAR + 4 + 10);
        scene.blocks[frame].h = bottom - top;
        bottom
    }

    fn planned(&self, row: &Row) -> String {
        format!("{} {} → {}", self.tongue.say("Planeada", "Planned"), row.planned.0, row.planned.1)
    }

    /// When it was held, where it was begun.
    fn real(&self, row: &Row) -> Option<String> {
        let (from, to) = row.real?;
        let end = to.map_or_else(|| self.tongue.say("sigue", "goes on").to_owned(), |to| to.to_string());
        Some(format!("{} {from} → {end}", self.tongue.say("Real", "Real")))
    }

    fn mermaid(&self) -> String {
        let tongue = self.tongue;
        let mut chart = Chart::titled(&self.title, &self.below);
        if let Some(cutoff) = self.cutoff {
            chart.section(tongue.say("Corte", "Cut-off"));
            chart.milestone(tongue.say("Corte", "Cut-off"), cutoff);
        }
        for row in &self.rows {
            chart.section(&format!("{}.", row.number));
            let (tags, until) = match row.standing {
                Standing::Late => ("crit", self.cutoff),
                Standing::Reported | Standing::Closed => ("done", None),
                _ => ("active", self.cutoff),
            };
            let lead = format!("{}: {}", tongue.say("Líder", "Lead"), row.lead);
            let words = format!("{} {} ({}, {})", row.number, row.name, row.kind, row.state);
            match row.real {
                Some((from, to)) => {
                    chart.task(&words, "", row.planned);
                    let held = format!("{}, {lead}", tongue.say("Real", "Real"));
                    chart.task(&held, tags, (from, to.or(until).unwrap_or(from)));
                }
                None => chart.task(&format!("{words}, {lead}"), "", row.planned),
            }
        }
        chart.text
    }

    fn told(&self) -> String {
        let tongue = self.tongue;
        let mut out = vec![format!("{}.", self.title)];
        out.extend(self.below.iter().map(|line| format!("{line}.")));
        for row in &self.rows {
            let real = self.real(row).map(|real| format!(" {real}.")).unwrap_or_default();
            let lead = format!("{}: {}", tongue.say("Líder", "Lead"), row.lead);
            out.push(format!(
                "- {} ({}). {lead}. {} {} ({}). {}.{real}",
                row.name,
                row.kind,
                row.standing.sign(),
                row.state,
                row.standing.name(tongue),
                self.planned(row)
            ));
        }
        if self.rows.is_empty() {
            out.push(self.nothing().to_owned());
        }
        out.extend(self.notes.iter().cloned());
        out.join("\n") + "\n"
    }
}
