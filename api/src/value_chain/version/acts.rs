//! The acts of the life cycle of versions, declared once for both kinds.

/// The acts of the life cycle, for the versions of one table: each with its description, its type, its name.
macro_rules! version_acts {
    (
        $version:ident, $life:ty, $payload:ident;
        $(#[doc = $submits:literal])+ $Submit:ident;
        $(#[doc = $returns:literal])+ $Return:ident;
        $(#[doc = $approves:literal])+ $Approve:ident;
        $(#[doc = $unschedules:literal])+ $Unschedule:ident;
        $(#[doc = $retires:literal])+ $Retire:ident;
    ) => {
        $(#[doc = $submits])+
        #[derive(InputObject)]
        pub struct $Submit {
            /// Versión. A draft.
            id: ID,
            /// Versión del registro. The one that was read.
            expected_version: i32,
        }

        impl Act for $Submit {
            const NAME: &'static str = <$life>::act(ControlledAct::Submit);
            const CODES: &'static [ErrorCode] = &[ErrorCode::TransitionNotAllowed, ErrorCode::ProcessCodeTaken, ErrorCode::ProcessKindMismatch];
            const PAYLOAD: &'static Declaration = &$payload;

            async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
                let (on, to) = ((&self.id, self.expected_version), ControlledStage::InReview);
                version::advance::<$version::Entity, FormulateProcess>(changes, on, (ControlledAct::Submit, to), None).await
            }
        }

        $(#[doc = $returns])+
        #[derive(InputObject)]
        pub struct $Return {
            /// Versión. One in review.
            id: ID,
            /// Versión del registro. The one that was read.
            expected_version: i32,
            /// Motivo. What must be mended; required, at most 4,000 characters.
            reason: Option<String>,
        }

        impl Act for $Return {
            const NAME: &'static str = <$life>::act(ControlledAct::Return);
            const CODES: &'static [ErrorCode] = &[ErrorCode::TransitionNotAllowed];
            const PAYLOAD: &'static Declaration = &$payload;

            async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
                let (on, to) = ((&self.id, self.expected_version), ControlledStage::Draft);
                let (act, reason) = ((ControlledAct::Return, to), self.reason.as_deref());
                version::advance::<$version::Entity, ApproveProcess>(changes, on, act, reason).await
            }
        }

        $(#[doc = $approves])+
        #[derive(InputObject)]
        pub struct $Approve {
            /// Versión. One in review.
            id: ID,
            /// Versión del registro. The one that was read.
            expected_version: i32,
            /// Vigente desde. Its first day (civil date, America/Bogota); required.
            valid_from: Option<Date>,
            /// Acto administrativo. The act that adopts it, when it does not name it yet.
            legal_act: Option<ID>,
            /// Motivo. Why it is entered late: required for a day in the past, which takes the right to backdate; at most
            /// 4,000 characters.
            reason: Option<String>,
        }

        impl Act for $Approve {
            const NAME: &'static str = <$life>::act(ControlledAct::Approve);
            const CODES: &'static [ErrorCode] = &[
                ErrorCode::TransitionNotAllowed,
                ErrorCode::ActorWithoutPerson,
                ErrorCode::SeparationOfDuties,
                ErrorCode::StartDateRequired,
                ErrorCode::Backdated,
                ErrorCode::VersionsOverlap,
                ErrorCode::ProcessNotInForce,
                ErrorCode::ProcessCodeTaken,
                ErrorCode::ProcessKindMismatch,
                ErrorCode::DateRangeEmpty,
            ];
            const PAYLOAD: &'static Declaration = &$payload;

            async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
                let Self { id, expected_version, valid_from, legal_act, reason } = self;
                let approval = version::Approval { valid_from, legal_act, reason };
                version::approve::<$version::Entity>(changes, (&id, expected_version), approval).await
            }
        }

        $(#[doc = $unschedules])+
        #[derive(InputObject)]
        pub struct $Unschedule {
            /// Versión. One that is scheduled.
            id: ID,
            /// Versión del registro. The one that was read.
            expected_version: i32,
            /// Motivo. Why; required, at most 4,000 characters.
            reason: Option<String>,
        }

        impl Act for $Unschedule {
            const NAME: &'static str = <$life>::act(ControlledAct::Unschedule);
            const CODES: &'static [ErrorCode] = &[
                ErrorCode::TransitionNotAllowed,
                ErrorCode::StillInUse,
                ErrorCode::ProcessNotInForce,
                ErrorCode::ProcessCodeTaken,
            ];
            const PAYLOAD: &'static Declaration = &$payload;

            async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
                let (on, reason) = ((&self.id, self.expected_version), self.reason.as_deref());
                version::unschedule::<$version::Entity>(changes, on, reason).await
            }
        }

        $(#[doc = $retires])+
        #[derive(InputObject)]
        pub struct $Retire {
            /// Versión. The one in force.
            id: ID,
            /// Versión del registro. The one that was read.
            expected_version: i32,
            /// Vigente hasta. The first day without it (civil date, America/Bogota); required. A day in the past takes the
            /// right to backdate.
            valid_to: Option<Date>,
            /// Motivo. Why; required, at most 4,000 characters.
            reason: Option<String>,
        }

        impl Act for $Retire {
            const NAME: &'static str = <$life>::act(ControlledAct::Retire);
            const CODES: &'static [ErrorCode] = &[
                ErrorCode::TransitionNotAllowed,
                ErrorCode::StartDateRequired,
                ErrorCode::Backdated,
                ErrorCode::DateRangeEmpty,
                ErrorCode::StillInUse,
            ];
            const PAYLOAD: &'static Declaration = &$payload;

            async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
                let (on, reason) = ((&self.id, self.expected_version), self.reason.as_deref());
                version::retire::<$version::Entity>(changes, on, self.valid_to, reason).await
            }
        }
    };
}
pub(in crate::value_chain) use version_acts;
