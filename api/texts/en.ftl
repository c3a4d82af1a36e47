# Texts of the error codes: one message a code, named like it. They say what happened and how to go on.

BAD_REQUEST = The request is malformed: { $detail }
DOCUMENT_SYNTAX = The document is not GraphQL: { $detail }
DOCUMENT_INVALID = The document does not fit the schema: { $detail }
VARIABLES_INVALID = The variables do not fit the operation: { $detail }
OPERATION_NOT_FOUND = The document has no such operation, or it has several and operationName does not say which.
METHOD_NOT_ALLOWED = That HTTP method cannot be used here. Use { $allowed }.
UNSUPPORTED_MEDIA_TYPE = The body of the request must be application/json.
NOT_ACCEPTABLE = The answer can only be given as application/graphql-response+json or application/json.
FRAGMENT_CYCLE = A fragment contains itself.

BODY_TOO_LARGE = The body of the request is over { $maximum } bytes.
DOCUMENT_TOO_LARGE = The document is over { $maximum } bytes.
DOCUMENT_TOO_MANY_TOKENS = The document has more than { $maximum } tokens.
DOCUMENT_TOO_DEEP = The document is nested more than { $maximum } levels deep.
SELECTION_TOO_LARGE = With its fragments expanded, the operation selects more than { $maximum } fields.
TOO_MANY_ALIASES = The operation uses more than { $maximum } aliases.
TOO_MANY_DIRECTIVES = The document uses more than { $maximum } directives.
TOO_MANY_ROOT_FIELDS = The operation asks for more than { $maximum } root fields.
TOO_MANY_OPERATIONS = The document has more than { $maximum } operations.
TOO_MANY_FRAGMENTS = The document has more than { $maximum } fragments.
TOO_MANY_VARIABLES = The operation declares more than { $maximum } variables.
NAME_TOO_LONG = A name in the document is longer than { $maximum } bytes.
TOO_MANY_ARGUMENTS = A field or directive has more than { $maximum } arguments.
ARGUMENT_VALUES_TOO_LARGE = The values of the arguments are over the limit of { $maximum }. Send large values once, in one variable.
INTROSPECTION_TOO_DEEP = The introspection goes through more than { $maximum } lists inside lists.
VARIABLES_TOO_LARGE = The values of the variables are over the limit of { $maximum }.
VARIABLES_TOO_DEEP = The values of the variables are nested more than { $maximum } levels deep.
QUERY_TOO_COSTLY = The query costs { $cost } and the maximum is { $maximum }. Dearest: { $dearest }. Ask for fewer objects or split it.
DEADLINE_EXCEEDED = The request took more than { $seconds } seconds and was stopped. Ask for less or try later.
RATE_LIMITED = Too much was asked in a minute, or too many sign-ins failed. Try again in { $seconds } seconds.
SUBSCRIPTION_NEEDS_STREAM = A subscription is not answered once: open a WebSocket at /graphql (graphql-transport-ws), or ask /graphql/stream for text/event-stream.
DOCUMENT_UNKNOWN = No registered document has this documentId. Send the document itself in query, or have it registered.
DOCUMENT_NOT_REGISTERED = This program may ask registered documents only. Have the document registered by whoever administers the service.
ORIGIN_NOT_ALLOWED = Pages of this origin may not open a socket here: the service's administrator can let them in (http.cors_origins).
STREAM_TAKEN = The stream is open already, or runs an operation with this identifier.
TOO_MANY_STREAMS = Too much is open at once: at most { $maximum }. Close something first.
UNAVAILABLE = The service is not available at the moment. Try again in a few seconds.

UNAUTHENTICATED = Sign in: a token that is valid for this service is missing.
TOKEN_EXPIRED = Your session has expired. Sign in again.
FORBIDDEN = You may not do this. It takes one of these roles: { $roles }; if you need to, ask the administrator of your organization for it.
OUT_OF_SCOPE = Your role ({ $roles }) is limited to a unit, and this lies outside of it.
KEY_SCOPE_MISSING = The scopes of the key do not include this. It takes: { $scopes }.
ACTION_DOES_NOT_APPLY = This act is done on another kind of object.
PERSONAL_DATA = This field holds personal data and your permissions do not include reading it.
NOT_FOUND = What you look for was not found, or is not within your reach.

INVALID_ARGUMENT = The value is not valid for this field{ $expected-given ->
    [no] .
   *[yes] . Expected: { $expected }.
    }
PAGE_SIZE_INVALID = Give first or last, only one of them, between 1 and { $maximum }.
CURSOR_INVALID = The cursor does not belong to this list with this filter and order. Start at the first page.
FILTER_INVALID = The filter is not valid for this list.
REQUIRED = This value is required.
TOO_LONG = It is too long: the maximum is { $maximum }.
MALFORMED = The format is wrong. Expected: { $format }.
DATE_RANGE_EMPTY = The end date must be after the start date.
DUPLICATE = This value is repeated{ $from-given ->
    [no] .
   *[yes] : it holds already from { $from }{ $to-given ->
        [no] , without a known end.
       *[yes] {" "}until { $to }.
        }
    }

VERSION_CONFLICT = Someone changed it after you read it; it is now at version { $current } (by: { $changedBy }; at: { $changedAt }). Read it again before you save.
IDEMPOTENCY_CONFLICT = That idempotency key was used before with other data. Use a new key.
CONCURRENT_CHANGE = Other changes came first and this one was not kept. Try again.
RESYNC = Too much happened meanwhile to tell it one by one: read anew what you show, and go on from this position: { $position }

TRANSITION_NOT_ALLOWED = It cannot go from { $from } to { $to }.
LEGAL_ACT_REQUIRED = The legal act that orders it is missing.
START_DATE_REQUIRED = The date from which it is in force is missing.
REASON_REQUIRED = The reason is missing.
BACKDATED = The effective date is before { $date }. A backdated entry needs a special permission and a reason.
VERSIONS_OVERLAP = Another version is in force on those dates: two versions cannot be in force on the same day.
NOT_A_DRAFT = Only a draft can be changed.
NOT_ONE_TREE = The units must form a single tree: one root, and every other unit with a parent.
UNIT_CYCLE = A unit cannot hang below itself.
UNIT_CODE_TAKEN = Another unit of this structure already has the code { $code }.
PARENT_NOT_IN_VERSION = The parent unit is not part of this structure.
UNIT_NOT_IN_BASE = The unit is not part of the structure from which this one starts.
RESPONSIBILITIES_UNMAPPED = The unit { $unit } is suppressed: say where its responsibilities go, or that they end.
SUCCESSOR_NOT_IN_VERSION = The unit { $unit } cannot take over responsibilities because it is not part of this structure.
SPLIT_NEEDS_TWO = A split needs at least two successor units.
MERGE_NEEDS_TWO = A merger needs at least two units of origin.
EMPTY_STRUCTURE = The structure has no units.
HOLDING_OVERLAP = The post already has a full holder on those dates.
ALREADY_IN_POST = The same person already holds the post on those dates.
UNIT_ENDS = The unit ends on { $date }, by the act { $act }: what it has must end on that day or before.
LEAD_TAKEN = “{ $unit }” leads the process from { $from }{ $to-given ->
    [no] , without a known end
   *[yes] {" "}until { $to }
    }. End that responsibility first, or transfer the lead.
ROLES_EXCLUDE = It has the role “{ $role }” there from { $from }{ $to-given ->
    [no] , without a known end
   *[yes] {" "}until { $to }
    }: the two roles do not go together. End that one first.
DRAFT_EXISTS = Another version is being prepared: { $version }. Go on with it, or discard it first.
UNIT_NOT_IN_FORCE = The unit is not in force on { $date }. Choose one of the structure of that day.
ADOPTION_OVERLAP = That process is spoken of already from { $from }{ $to-given ->
    [no] , without a known end
   *[yes] {" "}until { $to }
    }. End that first; only merged ones share a process.
REQUIREMENT_NOT_IN_FORCE = The requirement is of “{ $edition }”, which holds from { $from }{ $to-given ->
    [no] , without a known end,
   *[yes] {" "}until { $to }
    } and not on the first day. { $requirement-given ->
    [no] Nothing in force equals it.
   *[yes] Its equal in force: { $requirement }.
    }
LATER_CHANGE_KNOWN = A later change is known already, from { $date }. Set it all from that day on or later, or undo that change first.
ENDS_ALL = The list is empty: everything that holds on that day would end. If that is what you want, say so with `endAll: true`.
POST_NOT_OPEN = The post does not exist during the whole of that period.
SEPARATION_OF_DUTIES = You took part in an earlier step: this one belongs to another person.
ACTOR_WITHOUT_PERSON = Your account does not belong to a person, and a person must take this step.
UNIT_HAS_CHILDREN = Units hang under it: say with `childrenTo` under which other unit they go.
AUDITS_OPEN = The audits { $audits } are still open: close or cancel them first.
PROGRAM_NOT_APPROVED = The program of the audit has not been approved yet.
AUDITOR_NOT_INDEPENDENT = { $person } is not independent: he or she holds or held the post { $post } in { $unit } (from { $from } until { $to }), within the twelve months before the audit. Only internal control may allow it, with a reason.
LEAD_AUDITOR_REQUIRED = An audit needs exactly one lead auditor.
NOT_ON_TEAM = Only the audit team and internal control act in this audit.
SCOPE_UNCOVERED = Not covered, nor left out with a reason: { $items }.
FINDING_KIND_MISMATCH = The type “{ $findingType }” does not go with the finding's kind or with the kind of its audit.
FINDINGS_OPEN = Findings are still to be decided or closed: { $findings }.
ANSWER_PENDING = The audited may still answer until { $date }.
ACTION_REQUIRED = The finding asks for an action: it is not closed without one.
ROLE_NOT_GRANTABLE = You cannot give the role { $role } here: your roles do not include it, or it does not fit this organization or account.
ROLE_TAKES_NO_SCOPE = These roles hold in the whole organization and cannot be limited to a unit: { $roles }. Leave the unit out.
ADMINISTRATOR_EXISTS = The organization has an administrator already, who names the others.
LAST_ADMINISTRATOR = The organization would be left without an administrator. Give that role to somebody else first.
SELF_GRANT = Nobody decides on his own roles or on who he is: somebody else must do it. An account that is tied to no person counts as those who invited it or made it an administrator.
MEMBER_TIED = The account is tied to another person already. Untie it first.
MEMBER_SUSPENDED = The member is suspended. Reinstate it before giving it roles.
KEY_ENDED = The key was revoked or has expired. Make a new one.
PERSON_IN_SERVICE = The person fills a post today or will: what is known of those in service is not erased.
PERSON_ERASED = The name and the personal data of the person were erased (Ley 1581 de 2012).
STILL_IN_USE = It cannot be removed because other records depend on it{ $usedBy-given ->
    [no] .
   *[yes] : { $usedBy }.
    }
FROZEN = It is final and does not change: correct it in a new version, with its reason.
FINDINGS_NOT_CONFIRMED = These findings are not confirmed, or are closed: { $findings }.
FINDINGS_WITHOUT_ACTION = These findings ask for an action and have none in the plan: { $findings }.
CAUSE_ANALYSIS_REQUIRED = These nonconformities have no cause analysis: { $findings }.
PLAN_FIELD_MISSING = Plans of this kind must say “{ $field }”; it is missing in: { $items }.
WEIGHTS_NOT_WHOLE = The weights of the live actions must add to 100; they add to { $sum }.
ACTIONS_OPEN = Actions are still to be decided or closed: { $actions }.
PLAN_NOT_SUBMITTED = The plan of the action is still a draft.
PLAN_NOT_APPROVED = The plan of the action is not approved yet.
PLAN_NOT_OWED = The plan is owed to no control body: none judges its actions.
NOT_EXECUTOR = Only the executor of the action, or who signs for its unit, can do this.
NOT_REPORTER = Only the person who made the report withdraws it.
EVIDENCE_REQUIRED = No signed report has evidence.
TARGET_NOT_REACHED = What was signed does not reach the target: { $items }.
EVALUATION_TOO_EARLY = The effect can be evaluated from { $date } on.
ACTION_NOT_IN_PROGRESS = The action is not in progress.
WINDOW_CLOSED = The period is reported from { $opens } until { $closes }.
PERIOD_LOCKED = The period from { $from } until { $to } is locked: a later one was opened.
REPORT_NOT_SIGNED = The report is not signed yet.
REFORMULATION_OPEN = A reformulation of this action is still to be decided.
PROCESS_CODE_TAKEN = Another process has the code { $code } on those dates.
CODE_PATTERN_MISMATCH = The code does not follow the organization's pattern: { $pattern }.
PROCESS_LEVEL_MISMATCH = A process of this level cannot stand there: macroprocesses stand at the top, processes under them, then subprocesses; procedures under a process or a subprocess.
PROCESS_KIND_MISMATCH = The kind is that of the process above: { $kind }. Correct it, or put the process elsewhere.
PROCESS_NOT_IN_FORCE = The process above (or that of the document) is not in force on that date.
JOB_LEVEL_MISMATCH = The first digit of the code does not match the level of the job.

INTERNAL = The service failed. If it happens again, report it with this number: { $requestId }.

# Phrases that texts are put together from: what a value should look like, what is spoken of, and which of a list.

format-one-line-of-text = one line of text, without invisible characters
format-64-hexadecimal-digits = 64 hexadecimal digits
format-type-subtype = type/subtype
format-Int = a whole number
format-BigInt = a whole number, written as a text
format-Decimal = a number with decimals, written as a text
format-Float = a number
format-Boolean = true or false
format-String = a text
format-ID = an identifier
format-Date = a date from 1800-01-01 to 2200-12-31, such as 2026-01-31
format-DateTime = an instant, such as 2026-01-31T15:04:05.000000Z
format-URL = an address with http, https or urn
format-code-pattern = 1 to 60 characters without blanks, with an A (a capital letter) or a 9 (a digit) at least, and perhaps once { "{" }parent{ "}" } (the code above), such as { "{" }parent{ "}" }.99
format-code-pattern-without-parent = 1 to 60 characters without blanks, with an A (a capital letter) or a 9 (a digit) at least, such as A99
format-nothing-for-this-picture = no value: this picture does not compare two days
format-one-of = one of { $values }
format-of-type = a value of type { $type }
unit-by-id = that is named
kind-StructureVersion = structure
kind-Post = post
kind-PostHolding = holding of the post
kind-WorkGroup = work group
kind-ProcessResponsibility = responsibility
kind-Alignment = alignment
kind-Requirement = requirement
kind-Process = process
kind-ProcessVersion = characterization
kind-DocumentVersion = version of a document
item-activities = activity { $number }
item-inputs = input { $number }
item-outputs = output { $number }
item-items = line { $number }
item-units = unit { $number }
item-processes = process { $number }
item-responsibilities = responsibility { $number }
item-policies = policy { $number }
item-resources = resource { $number }
item-functions = function { $number }
item-successors = successor { $number }
item-transfers = transfer { $number }
item-posts = post { $number }
item-externalParties = external party { $number }
item-realizations = realization { $number }
item-other = item { $number }
