# Textos de los códigos de error: un mensaje por código, con su nombre. Trato de usted; dicen qué pasó y cómo seguir.

BAD_REQUEST = La solicitud no está bien formada: { $detail }
DOCUMENT_SYNTAX = El documento no es GraphQL: { $detail }
DOCUMENT_INVALID = El documento no corresponde al esquema: { $detail }
VARIABLES_INVALID = Las variables no corresponden a la operación: { $detail }
OPERATION_NOT_FOUND = El documento no tiene esa operación, o tiene varias y falta decir cuál con operationName.
METHOD_NOT_ALLOWED = Ese método HTTP no se puede usar aquí. Use { $allowed }.
UNSUPPORTED_MEDIA_TYPE = El cuerpo de la solicitud debe ser application/json.
NOT_ACCEPTABLE = La respuesta solo se puede dar como application/graphql-response+json o application/json.
FRAGMENT_CYCLE = Un fragmento se contiene a sí mismo.

BODY_TOO_LARGE = El cuerpo de la solicitud supera { $maximum } bytes.
DOCUMENT_TOO_LARGE = El documento supera { $maximum } bytes.
DOCUMENT_TOO_MANY_TOKENS = El documento tiene más de { $maximum } símbolos.
DOCUMENT_TOO_DEEP = El documento tiene más de { $maximum } niveles de anidamiento.
SELECTION_TOO_LARGE = La operación selecciona más de { $maximum } campos al expandir sus fragmentos.
TOO_MANY_ALIASES = La operación usa más de { $maximum } alias.
TOO_MANY_DIRECTIVES = El documento usa más de { $maximum } directivas.
TOO_MANY_ROOT_FIELDS = La operación pide más de { $maximum } campos raíz.
TOO_MANY_OPERATIONS = El documento tiene más de { $maximum } operaciones.
TOO_MANY_FRAGMENTS = El documento tiene más de { $maximum } fragmentos.
TOO_MANY_VARIABLES = La operación declara más de { $maximum } variables.
NAME_TOO_LONG = Un nombre del documento supera { $maximum } bytes.
TOO_MANY_ARGUMENTS = Un campo o una directiva tiene más de { $maximum } argumentos.
ARGUMENT_VALUES_TOO_LARGE = Los valores de los argumentos superan el límite de { $maximum }. Envíe los valores grandes una sola vez, en una variable.
INTROSPECTION_TOO_DEEP = La introspección recorre más de { $maximum } listas dentro de listas.
VARIABLES_TOO_LARGE = Los valores de las variables superan el límite de { $maximum }.
VARIABLES_TOO_DEEP = Los valores de las variables tienen más de { $maximum } niveles de anidamiento.
QUERY_TOO_COSTLY = La consulta cuesta { $cost } y el máximo es { $maximum }. Pida menos objetos o divídala.
DEADLINE_EXCEEDED = La solicitud tardó más de { $seconds } segundos y se detuvo. Pida menos o intente más tarde.
RATE_LIMITED = Fallaron demasiados intentos de ingreso. Intente de nuevo en { $seconds } segundos.
UNAVAILABLE = El servicio no está disponible en este momento. Intente de nuevo en unos segundos.

UNAUTHENTICATED = Inicie sesión: falta un token válido para este servicio.
TOKEN_EXPIRED = Su sesión venció. Inicie sesión de nuevo.
FORBIDDEN = No tiene permiso para hacer esto. Lo tiene quien es { $roles }; si lo necesita, pida el rol al administrador de su organización.
OUT_OF_SCOPE = Su rol ({ $roles }) está limitado a una dependencia, y esto queda fuera de ella.
KEY_SCOPE_MISSING = El alcance de la clave no incluye esto. Lo abre: { $scopes }.
ACTION_DOES_NOT_APPLY = Esta acción se hace sobre otro tipo de objeto.
PERSONAL_DATA = Este campo contiene datos personales y sus permisos no incluyen su consulta.
NOT_FOUND = No se encontró lo que busca, o no está a su alcance.

INVALID_ARGUMENT = El valor no es válido para este campo.
PAGE_SIZE_INVALID = Indique first o last, solo uno de los dos, entre 1 y { $maximum }.
CURSOR_INVALID = El cursor no pertenece a esta lista con este filtro y este orden. Empiece por la primera página.
FILTER_INVALID = El filtro no es válido para esta lista.
REQUIRED = Este dato es obligatorio.
TOO_LONG = Es demasiado largo: el máximo es { $maximum }.
MALFORMED = El formato no es correcto. Se espera: { $format }.
DATE_RANGE_EMPTY = La fecha final debe ser posterior a la fecha inicial.
DUPLICATE = Este valor está repetido.

VERSION_CONFLICT = Alguien lo modificó después de que usted lo consultó; ahora va en la versión { $current } (por: { $changedBy }; el: { $changedAt }). Consúltelo de nuevo antes de guardar.
IDEMPOTENCY_CONFLICT = Esa clave de idempotencia ya se usó con otros datos. Use una clave nueva.
CONCURRENT_CHANGE = Otros cambios se adelantaron y este no se guardó. Intente de nuevo.

TRANSITION_NOT_ALLOWED = No se puede pasar de { $from } a { $to }.
LEGAL_ACT_REQUIRED = Falta el acto administrativo que lo ordena.
START_DATE_REQUIRED = Falta la fecha desde la que rige.
REASON_REQUIRED = Falta el motivo.
BACKDATED = La fecha de efecto es anterior al { $date }. Un registro retroactivo exige permiso especial y un motivo.
VERSIONS_OVERLAP = Ya hay una versión que rige en esas fechas: dos versiones no pueden regir el mismo día.
NOT_A_DRAFT = Solo se puede modificar un borrador.
NOT_ONE_TREE = Las dependencias deben formar un solo árbol: una sola raíz, y las demás con dependencia superior.
UNIT_CYCLE = Una dependencia no puede quedar debajo de sí misma.
UNIT_CODE_TAKEN = El código { $code } ya lo tiene otra dependencia de esta estructura.
PARENT_NOT_IN_VERSION = La dependencia superior no hace parte de esta estructura.
UNIT_NOT_IN_BASE = La dependencia no hace parte de la estructura de la que se parte.
RESPONSIBILITIES_UNMAPPED = La dependencia { $unit } se suprime: indique a dónde pasan sus responsabilidades o que terminan.
SUCCESSOR_NOT_IN_VERSION = La dependencia { $unit } no puede recibir responsabilidades porque no hace parte de esta estructura.
SPLIT_NEEDS_TWO = Una escisión necesita al menos dos dependencias sucesoras.
MERGE_NEEDS_TWO = Una fusión necesita al menos dos dependencias de origen.
EMPTY_STRUCTURE = La estructura no tiene dependencias.
HOLDING_OVERLAP = El cargo ya tiene titular en esas fechas.
ALREADY_IN_POST = La misma persona ya ocupa el cargo en esas fechas.
UNIT_ENDS = La dependencia termina el { $date }, por el acto { $act }: el cargo debe terminar ese día o antes.
POST_NOT_OPEN = El cargo no existe durante todo ese periodo.
SEPARATION_OF_DUTIES = Usted intervino en un paso anterior: este paso le corresponde a otra persona.
ACTOR_WITHOUT_PERSON = Su cuenta no está asociada a una persona, y este paso lo debe dar una persona.
UNIT_HAS_CHILDREN = Tiene dependencias a cargo: indique con `childrenTo` de cuál otra pasan a depender.
ROLE_NOT_GRANTABLE = Usted no puede asignar aquí el rol { $role }: sus roles no lo incluyen, o no corresponde a esta organización o a esta cuenta.
ROLE_TAKES_NO_SCOPE = Estos roles valen en toda la organización y no se pueden limitar a una dependencia: { $roles }. Omita la dependencia.
ADMINISTRATOR_EXISTS = La organización ya tiene administrador: los demás los nombra él.
LAST_ADMINISTRATOR = La organización se quedaría sin administrador. Asigne antes ese rol a otra persona.
SELF_GRANT = Nadie decide sobre sus propios roles ni sobre quién es: le corresponde a otra persona. Una cuenta que no está asociada a una persona cuenta como quienes la invitaron o la hicieron administradora.
MEMBER_TIED = La cuenta ya está asociada a otra persona. Desasóciela antes.
MEMBER_SUSPENDED = El miembro está suspendido. Reintégrelo antes de asignarle roles.
KEY_ENDED = La clave ya se revocó o venció. Cree una nueva.
PERSON_IN_SERVICE = La persona ocupa un cargo hoy o lo ocupará: sus datos no se suprimen mientras esté en servicio.
PERSON_ERASED = El nombre y los datos personales de la persona fueron suprimidos (Ley 1581 de 2012).
STILL_IN_USE = No se puede retirar porque otros registros dependen de él.
FROZEN = Ya está en firme y no se modifica: la corrección se hace en una versión nueva, con su motivo.
JOB_LEVEL_MISMATCH = El primer dígito del código no corresponde al nivel del empleo.

INTERNAL = Ocurrió un error en el servicio. Si persiste, repórtelo con este número: { $requestId }.

# Frases de las que se componen los textos: cómo debe ser un valor, y de qué dependencia se habla.

format-one-line-of-text = una línea de texto, sin caracteres invisibles
format-64-hexadecimal-digits = 64 dígitos hexadecimales
format-type-subtype = tipo/subtipo
format-Int = un número entero
format-BigInt = un número entero, escrito como texto
format-Decimal = un número con decimales, escrito como texto
format-Float = un número
format-Boolean = true o false
format-String = un texto
format-ID = un identificador
format-Date = una fecha, como 2026-01-31
format-DateTime = un instante, como 2026-01-31T15:04:05.000000Z
format-URL = una dirección http, https o urn
format-one-of = uno de { $values }
format-of-type = un valor de tipo { $type }
unit-by-id = indicada
