//! The one table of error codes. The GraphQL enum, the texts' tests and `docs/errors.md` all read it.

/// What a code is about: decides where it may appear and how a client reacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorClass {
    /// The request is not one that can be run.
    Request,
    /// Who asks is not known.
    Authentication,
    /// Who asks is known and may not.
    Authorization,
    /// A bound of the service was reached.
    Limit,
    /// It does not exist, or not for who asks.
    NotFound,
    /// Someone else was faster, or the same key said something else.
    Conflict,
    /// A rule of the domain forbids it.
    Rule,
    /// A value is not one that the field takes.
    Input,
    /// The service failed.
    Internal,
}

impl ErrorClass {
    /// All of them, in the order of the documentation.
    pub const ALL: [ErrorClass; 9] = [
        ErrorClass::Request,
        ErrorClass::Limit,
        ErrorClass::Authentication,
        ErrorClass::Authorization,
        ErrorClass::NotFound,
        ErrorClass::Input,
        ErrorClass::Conflict,
        ErrorClass::Rule,
        ErrorClass::Internal,
    ];

    /// The name as documents write it, UPPER_SNAKE.
    pub const fn name(self) -> &'static str {
        match self {
            ErrorClass::Request => "REQUEST",
            ErrorClass::Authentication => "AUTHENTICATION",
            ErrorClass::Authorization => "AUTHORIZATION",
            ErrorClass::Limit => "LIMIT",
            ErrorClass::NotFound => "NOT_FOUND",
            ErrorClass::Conflict => "CONFLICT",
            ErrorClass::Rule => "RULE",
            ErrorClass::Input => "INPUT",
            ErrorClass::Internal => "INTERNAL",
        }
    }

    /// What a client should do about it, for the documentation.
    pub const fn description(self) -> &'static str {
        match self {
            ErrorClass::Request => "The request cannot be run as it stands: mend the client.",
            ErrorClass::Authentication => "Who asks is not known: get a token and ask again.",
            ErrorClass::Authorization => "Who asks is known and lacks the permission: an administrator can grant it.",
            ErrorClass::Limit => "A bound was reached: ask for less, or in several requests.",
            ErrorClass::NotFound => "There is nothing there for who asks; whether it exists for others is not told.",
            ErrorClass::Conflict => "The state changed meanwhile: read again, then decide.",
            ErrorClass::Rule => "A rule of quality management forbids it: show the text to the person who acts.",
            ErrorClass::Input => "A value does not fit its field: show the text beside the field that `path` names.",
            ErrorClass::Internal => "The service failed: report the request id.",
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct ErrorEntry {
    /// The code as clients see it, UPPER_SNAKE.
    pub name: &'static str,
    /// What it is about.
    pub class: ErrorClass,
    /// The HTTP status when it refuses a whole request; `None` when it only ever stands inside an answer.
    pub status: Option<u16>,
    /// Whether the same request, unchanged, may succeed a little later.
    pub retriable: bool,
    /// The names of its parameters, in the order in which the text mentions them.
    pub params: &'static [&'static str],
    /// What it means, Spanish first; the same as in the schema.
    pub description: &'static str,
}

macro_rules! error_codes {
    ($( $(#[doc = $about:literal])+ $code:ident = $name:literal, $class:ident, $status:expr, $retriable:literal, $params:expr; )+) => {
        /// Código de error. Why something was refused; a code keeps its meaning for ever, new ones may be added.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, async_graphql::Enum)]
        pub enum ErrorCode {
            $( $(#[doc = $about])+ #[graphql(name = $name)] $code, )+
        }

        impl ErrorCode {
            /// All codes, in the order of the table.
            pub const ALL: &'static [ErrorCode] = &[$( ErrorCode::$code ),+];

            /// Its row of the table.
            pub const fn entry(self) -> ErrorEntry {
                match self {
                    $( ErrorCode::$code => ErrorEntry {
                        name: $name,
                        class: ErrorClass::$class,
                        status: $status,
                        retriable: $retriable,
                        params: &$params,
                        description: concat!($($about, "\n"),+).trim_ascii(),
                    }, )+
                }
            }
        }
    };
}

impl ErrorCode {
    /// The code as clients see it, UPPER_SNAKE.
    pub const fn name(self) -> &'static str {
        self.entry().name
    }
}

// Code = name, class, HTTP status when it refuses a request, retriable, parameters.
error_codes! {
    /// Solicitud mal formada. The HTTP request or its JSON is not as GraphQL over HTTP asks.
    BadRequest = "BAD_REQUEST", Request, Some(400), false, ["detail"];
    /// Error de sintaxis. The document is not GraphQL.
    DocumentSyntax = "DOCUMENT_SYNTAX", Request, Some(400), false, ["detail"];
    /// Documento no válido. The document is GraphQL but does not fit the schema.
    DocumentInvalid = "DOCUMENT_INVALID", Request, Some(400), false, ["detail"];
    /// Variables no válidas. The variables do not fit what the operation declares.
    VariablesInvalid = "VARIABLES_INVALID", Request, Some(400), false, ["detail"];
    /// Operación no encontrada. The document has no operation of that name, or several and none was named.
    OperationNotFound = "OPERATION_NOT_FOUND", Request, Some(400), false, [];
    /// Método no permitido. The HTTP method cannot be used here; a mutation needs POST.
    MethodNotAllowed = "METHOD_NOT_ALLOWED", Request, Some(405), false, ["allowed"];
    /// La suscripción necesita un flujo. A subscription is served over a WebSocket (`graphql-transport-ws` at `/graphql`) or server-sent events (`/graphql/stream`), not in one answer.
    SubscriptionNeedsStream = "SUBSCRIPTION_NEEDS_STREAM", Request, Some(400), false, [];
    /// Documento desconocido. `documentId` is that of no registered document (`http.documents`).
    DocumentUnknown = "DOCUMENT_UNKNOWN", Request, Some(400), false, [];
    /// Documento no registrado. This client may ask registered documents only (`http.registered_only`).
    DocumentNotRegistered = "DOCUMENT_NOT_REGISTERED", Request, Some(403), false, [];
    /// Origen no permitido. The page that opens the socket comes from an origin that is not on the list (`http.cors_origins`).
    OriginNotAllowed = "ORIGIN_NOT_ALLOWED", Request, Some(403), false, [];
    /// Flujo ya abierto. The reserved stream is open already, or runs an operation of this id.
    StreamTaken = "STREAM_TAKEN", Request, Some(409), false, [];
    /// Tipo de contenido no admitido. The body is not `application/json`.
    UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE", Request, Some(415), false, [];
    /// Tipo de respuesta no disponible. None of the media types of `Accept` can be given.
    NotAcceptable = "NOT_ACCEPTABLE", Request, Some(406), false, [];
    /// Ciclo de fragmentos. A fragment contains itself, directly or through others.
    FragmentCycle = "FRAGMENT_CYCLE", Request, Some(400), false, [];

    /// Cuerpo demasiado grande. The body is over its limit, in bytes.
    BodyTooLarge = "BODY_TOO_LARGE", Limit, Some(413), false, ["maximum"];
    /// Documento demasiado grande. The document is over its limit, in bytes.
    DocumentTooLarge = "DOCUMENT_TOO_LARGE", Limit, Some(400), false, ["maximum"];
    /// Demasiados símbolos. The document has more lexical tokens than allowed.
    DocumentTooManyTokens = "DOCUMENT_TOO_MANY_TOKENS", Limit, Some(400), false, ["maximum"];
    /// Documento demasiado profundo. Selections or values are nested deeper than allowed.
    DocumentTooDeep = "DOCUMENT_TOO_DEEP", Limit, Some(400), false, ["maximum"];
    /// Selección demasiado grande. With its fragments expanded, the operation selects more fields than allowed.
    SelectionTooLarge = "SELECTION_TOO_LARGE", Limit, Some(400), false, ["maximum"];
    /// Demasiados alias. The operation has more aliases than allowed.
    TooManyAliases = "TOO_MANY_ALIASES", Limit, Some(400), false, ["maximum"];
    /// Demasiadas directivas. The document has more directives than allowed.
    TooManyDirectives = "TOO_MANY_DIRECTIVES", Limit, Some(400), false, ["maximum"];
    /// Demasiados campos raíz. The operation has more root fields than allowed.
    TooManyRootFields = "TOO_MANY_ROOT_FIELDS", Limit, Some(400), false, ["maximum"];
    /// Demasiadas operaciones. The document has more operations than allowed.
    TooManyOperations = "TOO_MANY_OPERATIONS", Limit, Some(400), false, ["maximum"];
    /// Demasiados fragmentos. The document has more fragments than allowed.
    TooManyFragments = "TOO_MANY_FRAGMENTS", Limit, Some(400), false, ["maximum"];
    /// Demasiadas variables. The operation declares more variables than allowed.
    TooManyVariables = "TOO_MANY_VARIABLES", Limit, Some(400), false, ["maximum"];
    /// Nombre demasiado largo. A name in the document is longer than allowed, in bytes.
    NameTooLong = "NAME_TOO_LONG", Limit, Some(400), false, ["maximum"];
    /// Demasiados argumentos. A field or directive has more arguments than allowed.
    TooManyArguments = "TOO_MANY_ARGUMENTS", Limit, Some(400), false, ["maximum"];
    /// Argumentos demasiado grandes. The values of arguments, with variables in their places, weigh more than allowed.
    ArgumentValuesTooLarge = "ARGUMENT_VALUES_TOO_LARGE", Limit, Some(400), false, ["maximum"];
    /// Introspección demasiado profunda. Lists inside lists of the introspection are more than allowed.
    IntrospectionTooDeep = "INTROSPECTION_TOO_DEEP", Limit, Some(400), false, ["maximum"];
    /// Variables demasiado grandes. The values of the variables are over their limit: their number, or the bytes of one text.
    VariablesTooLarge = "VARIABLES_TOO_LARGE", Limit, Some(400), false, ["maximum"];
    /// Variables demasiado profundas. The values of the variables are nested deeper than allowed.
    VariablesTooDeep = "VARIABLES_TOO_DEEP", Limit, Some(400), false, ["maximum"];
    /// Consulta demasiado costosa. The estimated cost is over the limit of one request.
    QueryTooCostly = "QUERY_TOO_COSTLY", Limit, Some(400), false, ["cost", "maximum", "dearest"];
    /// Tiempo agotado. The request was stopped at its deadline, in seconds.
    DeadlineExceeded = "DEADLINE_EXCEEDED", Limit, Some(504), true, ["seconds"];
    /// Demasiadas solicitudes. More was asked in a minute than this caller may, or too many sign-ins failed from this address or with this credential; another try makes sense after so many seconds.
    RateLimited = "RATE_LIMITED", Limit, Some(429), true, ["seconds"];
    /// Demasiados flujos. More operations run on one connection, or more connections are open, than allowed.
    TooManyStreams = "TOO_MANY_STREAMS", Limit, Some(429), true, ["maximum"];
    /// Servicio no disponible. The service starts, stops or cannot reach its database.
    Unavailable = "UNAVAILABLE", Internal, Some(503), true, [];

    /// Sin autenticar. There is no token, or one that this service does not trust.
    Unauthenticated = "UNAUTHENTICATED", Authentication, Some(401), false, [];
    /// Token vencido. The token was good and its time is over.
    TokenExpired = "TOKEN_EXPIRED", Authentication, Some(401), false, [];
    /// Sin permiso. The grants in force do not allow this act, or never this kind of data.
    Forbidden = "FORBIDDEN", Authorization, None, false, ["roles"];
    /// Fuera del alcance. The roles that would allow it are limited to units to which this does not belong.
    OutOfScope = "OUT_OF_SCOPE", Authorization, None, false, ["roles"];
    /// Falta el alcance de la clave. The API key's scopes do not open this act, whatever the roles of its account.
    KeyScopeMissing = "KEY_SCOPE_MISSING", Authorization, None, false, ["scopes"];
    /// La acción no corresponde. The act is done on another kind of object.
    ActionDoesNotApply = "ACTION_DOES_NOT_APPLY", Authorization, None, false, [];
    /// Datos personales. The field holds personal data (Ley 1581 de 2012) and the grants in force do not open it.
    PersonalData = "PERSONAL_DATA", Authorization, None, false, [];
    /// No encontrado. There is nothing with that id or key, or nothing that may be read.
    NotFound = "NOT_FOUND", NotFound, None, false, [];

    /// Argumento no válido. A value lies outside what the argument or field takes: `expected`, where that is said in few words.
    InvalidArgument = "INVALID_ARGUMENT", Input, None, false, ["expected"];
    /// Tamaño de página no válido. One of `first` and `last` is required, from 1 to the maximum.
    PageSizeInvalid = "PAGE_SIZE_INVALID", Input, None, false, ["maximum"];
    /// Cursor no válido. The cursor is not one of this listing with this filter and order.
    CursorInvalid = "CURSOR_INVALID", Input, None, false, [];
    /// Filtro no válido. The filter asks for what the listing cannot answer.
    FilterInvalid = "FILTER_INVALID", Input, None, false, [];
    /// Obligatorio. The value is missing or blank.
    Required = "REQUIRED", Input, None, false, [];
    /// Demasiado largo. The text or list is longer than allowed, in characters or entries.
    TooLong = "TOO_LONG", Input, None, false, ["maximum"];
    /// Formato incorrecto. The text is not written as the field asks.
    Malformed = "MALFORMED", Input, None, false, ["format"];
    /// Periodo vacío. The end of a period is not after its start.
    DateRangeEmpty = "DATE_RANGE_EMPTY", Input, None, false, [];
    /// Repetido. The value stands already in this input or in this organization; of what holds on days, `from` and `to` (null: without a known end) are those of the other.
    Duplicate = "DUPLICATE", Input, None, false, ["from", "to"];

    /// Versión desactualizada. The object changed since it was read; its version is now `current`, written at `changedAt` by `changedBy` (where the viewer may know it).
    VersionConflict = "VERSION_CONFLICT", Conflict, None, false, ["current", "changedBy", "changedAt"];
    /// Clave de idempotencia reutilizada. The same key came before with another input.
    IdempotencyConflict = "IDEMPOTENCY_CONFLICT", Conflict, None, false, [];
    /// Cambio simultáneo. Other acts kept coming first; nothing was kept of this one.
    ConcurrentChange = "CONCURRENT_CHANGE", Conflict, None, true, [];

    /// Hay que volver a leer. Who follows the changes is too far behind, or begins at a position that is no longer kept: read anew what is shown, then go on from `position`.
    Resync = "RESYNC", Conflict, None, false, ["position"];

    /// Transición no permitida. The life cycle has no such step from the present state.
    TransitionNotAllowed = "TRANSITION_NOT_ALLOWED", Rule, None, false, ["from", "to"];
    /// Falta el acto administrativo. The step needs the legal act that orders it.
    LegalActRequired = "LEGAL_ACT_REQUIRED", Rule, None, false, [];
    /// Falta la fecha de inicio. The step needs the date from which it is in force.
    StartDateRequired = "START_DATE_REQUIRED", Rule, None, false, [];
    /// Falta el motivo. The step needs a reason, which the history keeps.
    ReasonRequired = "REASON_REQUIRED", Rule, None, false, [];
    /// Acto retroactivo. The effective date lies before `date`; that needs the right to backdate and a reason.
    Backdated = "BACKDATED", Rule, None, false, ["date"];
    /// Vigencias superpuestas. Two versions of one structure, process or document would be in force on the same day.
    VersionsOverlap = "VERSIONS_OVERLAP", Rule, None, false, [];
    /// No es un borrador. Only a draft can be edited.
    NotADraft = "NOT_A_DRAFT", Rule, None, false, [];
    /// No es un solo árbol. The units of a version need exactly one root, and every other unit a parent.
    NotOneTree = "NOT_ONE_TREE", Rule, None, false, [];
    /// Ciclo de dependencias. A unit would hang below itself.
    UnitCycle = "UNIT_CYCLE", Rule, None, false, [];
    /// Código de dependencia ocupado. Another unit of the version has this code.
    UnitCodeTaken = "UNIT_CODE_TAKEN", Rule, None, false, ["code"];
    /// Dependencia superior ajena. The parent unit is not in this version.
    ParentNotInVersion = "PARENT_NOT_IN_VERSION", Rule, None, false, [];
    /// Dependencia ausente de la estructura base. The unit is not in the version from which this one starts.
    UnitNotInBase = "UNIT_NOT_IN_BASE", Rule, None, false, [];
    /// Responsabilidades sin destino. A suppressed unit does not say where its responsibilities go, or that they end.
    ResponsibilitiesUnmapped = "RESPONSIBILITIES_UNMAPPED", Rule, None, false, ["unit"];
    /// Sucesora ajena. The unit that should take over is not in this version.
    SuccessorNotInVersion = "SUCCESSOR_NOT_IN_VERSION", Rule, None, false, ["unit"];
    /// Escisión incompleta. A split needs two successors or more.
    SplitNeedsTwo = "SPLIT_NEEDS_TWO", Rule, None, false, [];
    /// Fusión incompleta. A merger needs two predecessors or more.
    MergeNeedsTwo = "MERGE_NEEDS_TWO", Rule, None, false, [];
    /// Estructura vacía. The version has no units.
    EmptyStructure = "EMPTY_STRUCTURE", Rule, None, false, [];
    /// Vinculaciones superpuestas. Another person holds the post in full on those days.
    HoldingOverlap = "HOLDING_OVERLAP", Rule, None, false, [];
    /// Ya vinculada al cargo. The same person holds the post on some of those days, on whatever title.
    AlreadyInPost = "ALREADY_IN_POST", Rule, None, false, [];
    /// La dependencia termina. On `date` a version that is known already, adopted by the act `act`, does without the unit; no post or responsibility outlasts it.
    UnitEnds = "UNIT_ENDS", Rule, None, false, ["date", "act"];
    /// Liderazgo ocupado. `unit` leads the process on some of those days, from `from` until `to` (null: without a known end); one unit leads a process on a day.
    LeadTaken = "LEAD_TAKEN", Rule, None, false, ["unit", "from", "to"];
    /// Papeles incompatibles. From `from` until `to` (null: without a known end) the same has the role `role` there, which does not go together with the new one: who leads does not support or contribute besides.
    RolesExclude = "ROLES_EXCLUDE", Rule, None, false, ["role", "from", "to"];
    /// Ya hay un borrador. Another version of the same, `version`, is a draft or in review; one is prepared at a time.
    DraftExists = "DRAFT_EXISTS", Rule, None, false, ["version"];
    /// Dependencia sin vigencia. On `date` no structure in force has the unit.
    UnitNotInForce = "UNIT_NOT_IN_FORCE", Rule, None, false, ["date"];
    /// Adopción superpuesta. The reference process, or the process, is spoken of already from `from` until `to` (null: without a known end); several reference processes share one process only when all are merged into it.
    AdoptionOverlap = "ADOPTION_OVERLAP", Rule, None, false, ["from", "to"];
    /// Requisito sin vigencia. Its edition `edition` holds from `from` until `to` (null: without a known end), not on the first day; `requirement` is the one that equals it and holds then, by kind, id and name; null where none does.
    RequirementNotInForce = "REQUIREMENT_NOT_IN_FORCE", Rule, None, false, ["edition", "from", "to", "requirement"];
    /// Cambio posterior conocido. Something was decided for a later day already, `date`: a whole set from an earlier day on would sweep it away.
    LaterChangeKnown = "LATER_CHANGE_KNOWN", Rule, None, false, ["date"];
    /// Terminaría todo. The set that is given is empty: everything that holds on its day would end, which is to be said by `endAll`.
    EndsAll = "ENDS_ALL", Rule, None, false, [];
    /// Cargo sin vigencia. The post does not exist on all of those days.
    PostNotOpen = "POST_NOT_OPEN", Rule, None, false, [];
    /// Segregación de funciones. The same person cannot do both steps.
    SeparationOfDuties = "SEPARATION_OF_DUTIES", Rule, None, false, [];
    /// Cuenta sin persona. Only an account that belongs to a person can do this.
    ActorWithoutPerson = "ACTOR_WITHOUT_PERSON", Rule, None, false, [];
    /// Auditorías abiertas. The program has audits that are neither closed nor cancelled; `audits` are their codes.
    AuditsOpen = "AUDITS_OPEN", Rule, None, false, ["audits"];
    /// Programa sin aprobar. The audit stands in a program that nobody approved yet.
    ProgramNotApproved = "PROGRAM_NOT_APPROVED", Rule, None, false, [];
    /// Auditor sin independencia. `person` holds or held the post `post` of `unit`, which is audited or leads what is audited, from `from` until `to` (null: without a known end), within twelve months before the audit.
    AuditorNotIndependent = "AUDITOR_NOT_INDEPENDENT", Rule, None, false, ["person", "post", "unit", "from", "to"];
    /// Falta el auditor líder. An audit has exactly one lead auditor.
    LeadAuditorRequired = "LEAD_AUDITOR_REQUIRED", Rule, None, false, [];
    /// Fuera del equipo auditor. Only those who lead or audit in it, and control interno, act in an audit.
    NotOnTeam = "NOT_ON_TEAM", Rule, None, false, [];
    /// Alcance sin cubrir. `items` were neither looked at nor left out with a reason.
    ScopeUncovered = "SCOPE_UNCOVERED", Rule, None, false, ["items"];
    /// Hallazgos abiertos. `findings` are the codes of those that are still to be decided or closed.
    FindingsOpen = "FINDINGS_OPEN", Rule, None, false, ["findings"];
    /// Tipo de hallazgo incongruente. The type `findingType` names findings of other kinds, or is a word of another regime than that of the audit.
    FindingKindMismatch = "FINDING_KIND_MISMATCH", Rule, None, false, ["findingType"];
    /// Respuesta pendiente. The audited has not answered, and may do so until `date`.
    AnswerPending = "ANSWER_PENDING", Rule, None, false, ["date"];
    /// Requiere acción. The finding asks for an action: it is not closed without.
    ActionRequired = "ACTION_REQUIRED", Rule, None, false, [];
    /// Rol no asignable. The roles of who acts do not include giving this one, or it does not hold in such an organization.
    RoleNotGrantable = "ROLE_NOT_GRANTABLE", Rule, None, false, ["role"];
    /// Rol sin alcance. The role holds in the whole organization, as all of `roles` do: leave the unit out.
    RoleTakesNoScope = "ROLE_TAKES_NO_SCOPE", Rule, None, false, ["roles"];
    /// Ya hay administrador. The Nation names the first administrator of an organization; this one has one.
    AdministratorExists = "ADMINISTRATOR_EXISTS", Rule, None, false, [];
    /// Último administrador. The organization would be left without anybody who keeps its members.
    LastAdministrator = "LAST_ADMINISTRATOR", Rule, None, false, [];
    /// Asunto propio. Nobody gives himself a role, nor decides who he is, under whatever account.
    SelfGrant = "SELF_GRANT", Rule, None, false, [];
    /// Miembro ya asociado. The member is tied to another person.
    MemberTied = "MEMBER_TIED", Rule, None, false, [];
    /// Miembro suspendido. The roles of a suspended member do not count; reinstate it first.
    MemberSuspended = "MEMBER_SUSPENDED", Rule, None, false, [];
    /// Clave terminada. The API key was revoked or has expired: make a new one.
    KeyEnded = "KEY_ENDED", Rule, None, false, [];
    /// Persona en ejercicio. The person fills a post today or will: what is known of those in service is needed.
    PersonInService = "PERSON_IN_SERVICE", Rule, None, false, [];
    /// Persona suprimida. Name and personal data of the person were erased (Ley 1581 de 2012), in the history too.
    PersonErased = "PERSON_ERASED", Rule, None, false, [];
    /// Aún en uso. Other records depend on it: `usedBy` names those that the viewer may see, at most 20, by kind, id and name; null where it is not told which.
    StillInUse = "STILL_IN_USE", Rule, None, false, ["usedBy"];
    /// Con dependencias a cargo. Units hang under one that ceases: `childrenTo` says under which other they go.
    UnitHasChildren = "UNIT_HAS_CHILDREN", Rule, None, false, [];
    /// Inmutable. What was put in force or closed is corrected by a new version only.
    Frozen = "FROZEN", Rule, None, false, [];
    /// Hallazgos sin confirmar. `findings` are the codes of those that were not confirmed, or are closed: causes and plans are of findings that stand.
    FindingsNotConfirmed = "FINDINGS_NOT_CONFIRMED", Rule, None, false, ["findings"];
    /// Hallazgos sin acción. `findings` are the codes of those that ask for an action and have no live one in the plan.
    FindingsWithoutAction = "FINDINGS_WITHOUT_ACTION", Rule, None, false, ["findings"];
    /// Falta el análisis de causas. `findings` are the codes of the nonconformities of which nobody analysed the causes.
    CauseAnalysisRequired = "CAUSE_ANALYSIS_REQUIRED", Rule, None, false, ["findings"];
    /// Falta un campo del plan. Plans of this kind say `field` from their submission on; `items` are the codes of the findings, or the numbers of the actions, that do not say it.
    PlanFieldMissing = "PLAN_FIELD_MISSING", Rule, None, false, ["field", "items"];
    /// Ponderaciones que no suman 100. The weights of the live actions of a plan add to `sum`, not to 100.
    WeightsNotWhole = "WEIGHTS_NOT_WHOLE", Rule, None, false, ["sum"];
    /// Acciones abiertas. `actions` are the numbers of those that are still to be decided or closed.
    ActionsOpen = "ACTIONS_OPEN", Rule, None, false, ["actions"];
    /// Plan sin enviar. The plan of the action is a draft.
    PlanNotSubmitted = "PLAN_NOT_SUBMITTED", Rule, None, false, [];
    /// Plan sin aprobar. The plan of the action was not approved.
    PlanNotApproved = "PLAN_NOT_APPROVED", Rule, None, false, [];
    /// Plan sin ente de control. The plan is owed to no control body, so none judges its actions.
    PlanNotOwed = "PLAN_NOT_OWED", Rule, None, false, [];
    /// No es el ejecutor. Only its executor, or who signs for its unit, does this in an action.
    NotExecutor = "NOT_EXECUTOR", Rule, None, false, [];
    /// No hizo el reporte. A report that nobody signed is withdrawn by whoever made it.
    NotReporter = "NOT_REPORTER", Rule, None, false, [];
    /// Falta evidencia. No report that was signed has evidence.
    EvidenceRequired = "EVIDENCE_REQUIRED", Rule, None, false, [];
    /// Meta sin alcanzar. `items` says of the action, or of each of its activities that is short, how many units were signed of how many.
    TargetNotReached = "TARGET_NOT_REACHED", Rule, None, false, ["items"];
    /// Evaluación anticipada. The effect of the action is judged from `date` on.
    EvaluationTooEarly = "EVALUATION_TOO_EARLY", Rule, None, false, ["date"];
    /// Acción fuera de ejecución. Work on the action has not begun, or is over.
    ActionNotInProgress = "ACTION_NOT_IN_PROGRESS", Rule, None, false, [];
    /// Periodo de reporte cerrado. Progress of the period is reported from `opens` until `closes`, that day included.
    WindowClosed = "WINDOW_CLOSED", Rule, None, false, ["opens", "closes"];
    /// Periodo bloqueado. A later period than that from `from` until `to` (that day included) is being reported already.
    PeriodLocked = "PERIOD_LOCKED", Rule, None, false, ["from", "to"];
    /// Reporte sin firmar. The head of the unit has not signed the report.
    ReportNotSigned = "REPORT_NOT_SIGNED", Rule, None, false, [];
    /// Reformulación en trámite. Another reformulation of the action waits for a decision.
    ReformulationOpen = "REFORMULATION_OPEN", Rule, None, false, [];
    /// Código de proceso ocupado. Another process of the organization has this code on some of those days.
    ProcessCodeTaken = "PROCESS_CODE_TAKEN", Rule, None, false, ["code"];
    /// Código fuera del patrón. The organization writes such codes otherwise: `A` a capital letter, `9` a digit, `{parent}` the code above.
    CodePatternMismatch = "CODE_PATTERN_MISMATCH", Rule, None, false, ["pattern"];
    /// Nivel de proceso incongruente. Macroprocesses stand at the top, processes under them, subprocesses under processes, procedures under one of the last two.
    ProcessLevelMismatch = "PROCESS_LEVEL_MISMATCH", Rule, None, false, [];
    /// Tipo de proceso incongruente. Whatever stands under a macroprocess is of its kind, `kind`.
    ProcessKindMismatch = "PROCESS_KIND_MISMATCH", Rule, None, false, ["kind"];
    /// Proceso sin vigencia. The process above, or that of the document, is not in force then.
    ProcessNotInForce = "PROCESS_NOT_IN_FORCE", Rule, None, false, [];
    /// Nivel del empleo incongruente. The first digit of the code is not that of the level (Decreto Ley 785 de 2005).
    JobLevelMismatch = "JOB_LEVEL_MISMATCH", Rule, None, false, [];

    /// Error interno. The service failed; the log holds the cause under the request id.
    Internal = "INTERNAL", Internal, Some(500), false, ["requestId"];
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_upper_snake() {
        let names: BTreeSet<&str> = ErrorCode::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), ErrorCode::ALL.len());
        for name in names {
            assert!(name.chars().all(|c| c.is_ascii_uppercase() || c == '_'), "{name}");
        }
    }

    #[test]
    fn the_schema_says_what_the_table_says() {
        use async_graphql::resolver_utils::EnumType;
        for item in <ErrorCode as EnumType>::items() {
            assert_eq!(item.name, item.value.name());
            assert!(item.value.entry().description.ends_with('.'), "{}", item.name);
        }
        assert_eq!(<ErrorCode as EnumType>::items().len(), ErrorCode::ALL.len());
    }

    #[test]
    fn classes_and_statuses_agree() {
        for code in ErrorCode::ALL {
            let entry = code.entry();
            match entry.class {
                ErrorClass::Request | ErrorClass::Limit => assert!(entry.status.is_some(), "{}", entry.name),
                ErrorClass::Authentication => assert_eq!(entry.status, Some(401), "{}", entry.name),
                ErrorClass::Internal => assert!(entry.status.is_some_and(|status| status >= 500), "{}", entry.name),
                _ => assert_eq!(entry.status, None, "{}", entry.name),
            }
        }
    }
}
