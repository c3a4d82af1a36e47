//! Progress: when it is reported, what is, and what is thought of it.

use entity::Kind;

use super::*;
use crate::{
    access::{involved, rules::Subject},
    graph::{Declaration, declaration::involving, words::*},
    organization::types::PERSON,
};

/// Periodo de reporte.
pub static REPORTING_WINDOW: Declaration = Declaration {
    name: "ReportingWindow",
    singular: "reportingWindow",
    plural: "reportingWindows",
    kind: Some(Kind::ReportingWindow),
    table: "reporting_window",
    description: "Periodo de reporte. When progress of a period may be reported.",
    visibility: involving(Subject::Improvement, involved::WINDOW),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        name("Nombre. What it is called, such as `2026-06`."),
        column("periodFrom", Date, "period_from", "Desde. First day of the period.").filtered().ordered(),
        column("periodTo", Date, "period_to", "Hasta. Day after the last of the period.").filtered().ordered(),
        column("opensOn", Date, "opens_on", "Abre. First day on which it is open.").filtered().ordered(),
        column("closesOn", Date, "closes_on", "Cierra. Last day on which it is open.").filtered().ordered(),
        many(
            "reports",
            &PROGRESS_REPORT,
            &["id"],
            "{t}.reporting_window_id = {k0}",
            "Reportes de avance. What was reported in it.",
        ),
        many(
            "unreported",
            &IMPROVEMENT_ACTION,
            &["id", "organization_id"],
            "{t}.organization_id = {k1} AND EXISTS (SELECT 1 FROM reporting_window w WHERE w.id = {k0} AND w.opens_on <= {m} \
             AND {t}.starts_on < w.period_to AND (SELECT s.to_state FROM action_transition s \
             WHERE s.improvement_action_id = {t}.id \
             AND s.civil_date <= CASE WHEN w.closes_on < {m} THEN w.closes_on ELSE {m} END \
             ORDER BY s.recorded_at DESC, s.id DESC LIMIT 1) = 4) \
             AND NOT EXISTS (SELECT 1 FROM progress_report o WHERE o.improvement_action_id = {t}.id \
             AND o.reporting_window_id = {k0} AND o.reported_on <= {m})",
            "Sin reporte. Actions that owed a report in it and have none on the day asked for: those in execution when it \
             closed (while it is open: on that day) that began before its period ended.",
        ),
    ],
    lookups: &[],
    default_order: &["-periodFrom"],
};

/// Reporte de avance.
pub static PROGRESS_REPORT: Declaration = Declaration {
    name: "ProgressReport",
    singular: "progressReport",
    plural: "progressReports",
    kind: Some(Kind::ProgressReport),
    table: "progress_report",
    description: "Reporte de avance. What was done of an action in a period, in its units.",
    visibility: involving(Subject::Improvement, involved::OF_ACTION),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("action", &IMPROVEMENT_ACTION, &["improvement_action_id"], "Acción. The action."),
        one(
            "activity",
            &ACTION_ACTIVITY,
            &["action_activity_id"],
            "Actividad. The part of it; null where the action has none.",
        )
        .nullable(),
        one(
            "window",
            &REPORTING_WINDOW,
            &["reporting_window_id"],
            "Periodo. The period; null for whoever does not read it.",
        )
        .nullable(),
        column("quantity", Decimal, "quantity", "Cantidad. What was done in the period, in units.")
            .filtered()
            .ordered(),
        column("narrative", Text, "narrative", "Descripción. What was done, in words."),
        column("reportedOn", Date, "reported_on", "Fecha. Day of the report.").filtered().ordered(),
        one("reportedBy", &PERSON, &["reported_by_id"], "Reportó. Who; null for an account that is nobody.")
            .nullable()
            .unfiltered(),
        column(
            "signedOn",
            Date,
            "signed_on",
            "Firmado. Day on which the head of the unit signed; null until then: only what is signed counts.",
        )
        .nullable()
        .filtered()
        .ordered(),
        one("signedBy", &PERSON, &["signed_by_id"], "Firmó. Who; null until then.").nullable().unfiltered(),
        few(
            "ratings",
            &PROGRESS_RATING,
            &["id"],
            "{t}.progress_report_id = {k0}",
            "{t}.rated_on, {t}.id",
            "Calificaciones. What control interno thinks of it, the oldest first; mostly fewer than 5.",
        ),
        many("evidence", &EVIDENCE, &["id"], "{t}.progress_report_id = {k0}", "Evidencias. What proves it."),
    ],
    lookups: &[],
    default_order: &["-reportedOn"],
};

/// Calificación de un avance.
pub static PROGRESS_RATING: Declaration = Declaration {
    name: "ProgressRating",
    singular: "progressRating",
    plural: "progressRatings",
    kind: Some(Kind::ProgressRating),
    table: "progress_rating",
    description: "Calificación de un avance. What control interno thinks of a report; each is kept, and none \
             changes the progress.",
    visibility: involving(Subject::Improvement, involved::OF_REPORT),
    dated: false,
    moment: Within::Asked,
    members: &[
        id(),
        row_version(),
        owner(),
        one("report", &PROGRESS_REPORT, &["progress_report_id"], "Reporte. The report."),
        column("percent", Decimal, "percent", "Calificación. In percent, 0 to 100.").filtered().ordered(),
        column("concept", Text, "concept", "Concepto. What it rests on."),
        column("ratedOn", Date, "rated_on", "Fecha. Day of the rating.").filtered().ordered(),
        one("person", &PERSON, &["person_id"], "Persona. Who rated; null for an account that is nobody.")
            .nullable()
            .unfiltered(),
    ],
    lookups: &[],
    default_order: &["-ratedOn"],
};
