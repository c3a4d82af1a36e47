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
QUERY_TOO_COSTLY = The query costs { $cost } and the maximum is { $maximum }. Ask for fewer objects or split it.
DEADLINE_EXCEEDED = The request took more than { $seconds } seconds and was stopped. Ask for less or try later.
RATE_LIMITED = Too many sign-ins failed. Try again in { $seconds } seconds.
UNAVAILABLE = The service is not available at the moment. Try again in a few seconds.

UNAUTHENTICATED = Sign in: a token that is valid for this service is missing.
TOKEN_EXPIRED = Your session has expired. Sign in again.
FORBIDDEN = You may not do this. It takes one of these roles: { $roles }; if you need to, ask the administrator of your organization for it.
OUT_OF_SCOPE = Your role ({ $roles }) is limited to a unit, and this lies outside of it.
KEY_SCOPE_MISSING = The scopes of the key do not include this. It takes: { $scopes }.
ACTION_DOES_NOT_APPLY = This act is done on another kind of object.
PERSONAL_DATA = This field holds personal data and your permissions do not include reading it.
NOT_FOUND = What you look for was not found, or is not within your reach.

INVALID_ARGUMENT = The value is not valid for this field.
PAGE_SIZE_INVALID = Give first or last, only one of them, between 1 and { $maximum }.
CURSOR_INVALID = The cursor does not belong to this list with this filter and order. Start at the first page.
FILTER_INVALID = The filter is not valid for this list.
REQUIRED = This value is required.
TOO_LONG = It is too long: the maximum is { $maximum }.
MALFORMED = The format is wrong. Expected: { $format }.
DATE_RANGE_EMPTY = The end date must be after the start date.
DUPLICATE = This value is repeated.

VERSION_CONFLICT = Someone changed it after you read it; it is now at version { $current } (by: { $changedBy }; at: { $changedAt }). Read it again before you save.
IDEMPOTENCY_CONFLICT = That idempotency key was used before with other data. Use a new key.
CONCURRENT_CHANGE = Other changes came first and this one was not kept. Try again.

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
UNIT_ENDS = The unit ends on { $date }, by the act { $act }: the post must end on that day or before.
POST_NOT_OPEN = The post does not exist during the whole of that period.
SEPARATION_OF_DUTIES = You took part in an earlier step: this one belongs to another person.
ACTOR_WITHOUT_PERSON = Your account does not belong to a person, and a person must take this step.
UNIT_HAS_CHILDREN = Units hang under it: say with `childrenTo` under which other unit they go.
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
STILL_IN_USE = It cannot be removed because other records depend on it.
FROZEN = It is final and does not change: correct it in a new version, with its reason.
JOB_LEVEL_MISMATCH = The first digit of the code does not match the level of the job.

INTERNAL = The service failed. If it happens again, report it with this number: { $requestId }.

# Phrases that texts are put together from: what a value should look like, and which unit is spoken of.

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
format-Date = a date, such as 2026-01-31
format-DateTime = an instant, such as 2026-01-31T15:04:05.000000Z
format-URL = an address with http, https or urn
format-one-of = one of { $values }
format-of-type = a value of type { $type }
unit-by-id = that is named
