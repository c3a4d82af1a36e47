//! What an export asks, as the viewer would: the plan once, its actions page by page, and the findings of those that have many.

/// The plan, and its figures at the cut-off: the day of all that follows.
pub const HEAD: &str = "query ($id: ID!, $asOf: Date) { improvementPlan(id: $id, asOf: $asOf) { code name kind filingNumber \
     unit { name } process { name } progress { state cutoff percent compliancePercent advancePercent } } }";

/// What is asked of findings, of so many at once: analyses count towards the cost 20 each.
macro_rules! findings {
    ($page:literal) => {
        concat!(
            "findings(first: ",
            $page,
            ", orderBy: [{ field: CODE }]) { pageInfo { hasNextPage endCursor } \
             nodes { code name condition cause effect origin causeAnalyses { rootCause } } }"
        )
    };
}

/// The last report that was signed until the cut-off.
macro_rules! last_report {
    () => {
        "reports(first: 1, where: { signedOn: { lte: $asOf } }, orderBy: [{ field: SIGNED_ON, direction: DESC }, \
         { field: REPORTED_ON, direction: DESC }]) { nodes { narrative } }"
    };
}

/// A page of its actions, in their order.
pub const ACTIONS: &str = concat!(
    "query ($id: ID!, $asOf: Date!, $after: String) { improvementPlan(id: $id, asOf: $asOf) { \
     actions(first: 25, after: $after, orderBy: [{ field: NUMBER }]) { pageInfo { hasNextPage endCursor } nodes { \
     id number description objective indicator unitOfMeasure target weight resources unit { name } startsOn \
     progress { state result percent expectedPercent done target dueOn semaphore overdue daysLate } \
     activities { number description unitOfMeasure target startsOn dueOn progress { done } ",
    last_report!(),
    " } ",
    last_report!(),
    " ",
    findings!("10"),
    " } } } }"
);

/// The findings of an action from some place on.
pub const FINDINGS: &str = concat!(
    "query ($id: ID!, $asOf: Date!, $after: String!) { improvementAction(id: $id, asOf: $asOf) { ",
    findings!("50, after: $after"),
    " } }"
);
