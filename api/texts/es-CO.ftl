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
QUERY_TOO_COSTLY = La consulta cuesta { $cost } y el máximo es { $maximum }. Lo más costoso: { $dearest }. Pida menos objetos o divídala.
DEADLINE_EXCEEDED = La solicitud tardó más de { $seconds } segundos y se detuvo. Pida menos o intente más tarde.
RATE_LIMITED = Se pidió demasiado en un minuto, o fallaron demasiados intentos de ingreso. Intente de nuevo en { $seconds } segundos.
SUBSCRIPTION_NEEDS_STREAM = Una suscripción no se contesta de una sola vez: abra un WebSocket en /graphql (graphql-transport-ws), o pida text/event-stream en /graphql/stream.
DOCUMENT_UNKNOWN = Ningún documento registrado tiene este documentId. Envíe el documento mismo en query, o haga que lo registren.
DOCUMENT_NOT_REGISTERED = Este programa solo puede pedir documentos registrados. Haga que quien administra el servicio registre el documento.
ORIGIN_NOT_ALLOWED = Las páginas de este origen no pueden abrir aquí una conexión: quien administra el servicio puede admitirlas (http.cors_origins).
STREAM_TAKEN = El flujo ya está abierto, o ya ejecuta una operación con este identificador.
TOO_MANY_STREAMS = Hay demasiado abierto a la vez: como máximo { $maximum }. Cierre algo primero.
UNAVAILABLE = El servicio no está disponible en este momento. Intente de nuevo en unos segundos.

UNAUTHENTICATED = Inicie sesión: falta un token válido para este servicio.
TOKEN_EXPIRED = Su sesión venció. Inicie sesión de nuevo.
FORBIDDEN = No tiene permiso para hacer esto. Lo tiene quien es { $roles }; si lo necesita, pida el rol al administrador de su organización.
OUT_OF_SCOPE = Su rol ({ $roles }) está limitado a una dependencia, y esto queda fuera de ella.
KEY_SCOPE_MISSING = El alcance de la clave no incluye esto. Lo abre: { $scopes }.
ACTION_DOES_NOT_APPLY = Esta acción se hace sobre otro tipo de objeto.
PERSONAL_DATA = Este campo contiene datos personales y sus permisos no incluyen su consulta.
NOT_FOUND = No se encontró lo que busca, o no está a su alcance.

INVALID_ARGUMENT = El valor no es válido para este campo{ $expected-given ->
    [no] .
   *[yes] . Se espera: { $expected }.
    }
PAGE_SIZE_INVALID = Indique first o last, solo uno de los dos, entre 1 y { $maximum }.
CURSOR_INVALID = El cursor no pertenece a esta lista con este filtro y este orden. Empiece por la primera página.
FILTER_INVALID = El filtro no es válido para esta lista.
REQUIRED = Este dato es obligatorio.
TOO_LONG = Es demasiado largo: el máximo es { $maximum }.
MALFORMED = El formato no es correcto. Se espera: { $format }.
DATE_RANGE_EMPTY = La fecha final debe ser posterior a la fecha inicial.
DUPLICATE = Este valor está repetido{ $from-given ->
    [no] .
   *[yes] : ya rige desde el { $from }{ $to-given ->
        [no] , sin fecha de fin.
       *[yes] {" "}hasta el { $to }.
        }
    }

VERSION_CONFLICT = Alguien lo modificó después de que usted lo consultó; ahora va en la versión { $current } (por: { $changedBy }; el: { $changedAt }). Consúltelo de nuevo antes de guardar.
IDEMPOTENCY_CONFLICT = Esa clave de idempotencia ya se usó con otros datos. Use una clave nueva.
CONCURRENT_CHANGE = Otros cambios se adelantaron y este no se guardó. Intente de nuevo.
RESYNC = Pasó demasiado entre tanto para contarlo uno por uno: vuelva a leer lo que muestra y continúe desde esta posición: { $position }

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
UNIT_ENDS = La dependencia termina el { $date }, por el acto { $act }: lo que tiene a cargo debe terminar ese día o antes.
LEAD_TAKEN = “{ $unit }” lidera el proceso desde el { $from }{ $to-given ->
    [no] , sin fecha de fin
   *[yes] {" "}hasta el { $to }
    }. Termine antes esa responsabilidad o traslade el liderazgo.
ROLES_EXCLUDE = Ya tiene allí el papel “{ $role }” desde el { $from }{ $to-given ->
    [no] , sin fecha de fin
   *[yes] {" "}hasta el { $to }
    }: los dos papeles no van juntos. Termine antes aquel.
DRAFT_EXISTS = Ya hay otra versión en preparación: { $version }. Siga con ella, o descártela antes.
UNIT_NOT_IN_FORCE = La dependencia no está vigente el { $date }. Elija una de la estructura de ese día.
ADOPTION_OVERLAP = Ya hay una declaración sobre ese proceso desde el { $from }{ $to-given ->
    [no] , sin fecha de fin
   *[yes] {" "}hasta el { $to }
    }. Termínela antes; solo los fusionados comparten proceso.
REQUIREMENT_NOT_IN_FORCE = El requisito es de “{ $edition }”, vigente desde el { $from }{ $to-given ->
    [no] , sin fecha de fin
   *[yes] {" "}hasta el { $to }
    }, y no el primer día. { $requirement-given ->
    [no] No tiene equivalente vigente.
   *[yes] El equivalente vigente: { $requirement }.
    }
LATER_CHANGE_KNOWN = Ya se conoce un cambio posterior, desde el { $date }. Fije todo desde ese día o después, o deshaga antes ese cambio.
ENDS_ALL = La lista está vacía: terminaría todo lo que rige ese día. Si eso es lo que quiere, dígalo con `endAll: true`.
POST_NOT_OPEN = El cargo no existe durante todo ese periodo.
SEPARATION_OF_DUTIES = Usted intervino en un paso anterior: este paso le corresponde a otra persona.
ACTOR_WITHOUT_PERSON = Su cuenta no está asociada a una persona, y este paso lo debe dar una persona.
UNIT_HAS_CHILDREN = Tiene dependencias a cargo: indique con `childrenTo` de cuál otra pasan a depender.
AUDITS_OPEN = Siguen abiertas las auditorías { $audits }: ciérrelas o cancélelas antes.
PROGRAM_NOT_APPROVED = El programa de la auditoría aún no está aprobado.
AUDITOR_NOT_INDEPENDENT = { $person } no es independiente: ocupa u ocupó el cargo { $post } en { $unit } (desde el { $from } hasta el { $to }), dentro de los doce meses anteriores a la auditoría. Solo control interno puede autorizarlo, con un motivo.
LEAD_AUDITOR_REQUIRED = La auditoría debe tener exactamente un auditor líder.
NOT_ON_TEAM = Solo el equipo auditor y control interno actúan en esta auditoría.
SCOPE_UNCOVERED = Falta cubrir o excluir con un motivo: { $items }.
FINDING_KIND_MISMATCH = El tipo «{ $findingType }» no corresponde a la clase del hallazgo o a la de su auditoría.
FINDINGS_OPEN = Hay hallazgos sin decidir o sin cerrar: { $findings }.
ANSWER_PENDING = El auditado aún puede responder hasta el { $date }.
ACTION_REQUIRED = El hallazgo requiere una acción: no se cierra sin ella.
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
STILL_IN_USE = No se puede retirar porque otros registros dependen de él{ $usedBy-given ->
    [no] .
   *[yes] : { $usedBy }.
    }
FROZEN = Ya está en firme y no se modifica: la corrección se hace en una versión nueva, con su motivo.
FINDINGS_NOT_CONFIRMED = Estos hallazgos no están confirmados o ya se cerraron: { $findings }.
FINDINGS_WITHOUT_ACTION = Estos hallazgos requieren una acción y no la tienen en el plan: { $findings }.
CAUSE_ANALYSIS_REQUIRED = Falta el análisis de causas de estas no conformidades: { $findings }.
PLAN_FIELD_MISSING = Los planes de esta clase exigen “{ $field }”; falta en: { $items }.
WEIGHTS_NOT_WHOLE = Las ponderaciones de las acciones vigentes deben sumar 100; suman { $sum }.
ACTIONS_OPEN = Hay acciones sin decidir o sin cerrar: { $actions }.
PLAN_NOT_SUBMITTED = El plan de la acción aún es un borrador.
PLAN_NOT_APPROVED = El plan de la acción aún no está aprobado.
PLAN_NOT_OWED = El plan no se debe a un ente de control: ninguno califica sus acciones.
NOT_EXECUTOR = Solo el ejecutor de la acción o quien firma por su dependencia puede hacerlo.
NOT_REPORTER = Solo retira un reporte quien lo hizo.
EVIDENCE_REQUIRED = Falta evidencia en algún reporte firmado.
TARGET_NOT_REACHED = Lo firmado no alcanza la meta: { $items }.
EVALUATION_TOO_EARLY = La eficacia se puede evaluar a partir del { $date }.
ACTION_NOT_IN_PROGRESS = La acción no está en ejecución.
WINDOW_CLOSED = El periodo se reporta del { $opens } al { $closes }.
PERIOD_LOCKED = El periodo del { $from } al { $to } está bloqueado: ya se abrió uno posterior.
REPORT_NOT_SIGNED = El reporte aún no está firmado.
REFORMULATION_OPEN = Ya hay una reformulación de esta acción por decidir.
PROCESS_CODE_TAKEN = El código { $code } ya lo tiene otro proceso en esas fechas.
CODE_PATTERN_MISMATCH = El código no sigue el patrón de la organización: { $pattern }.
PROCESS_LEVEL_MISMATCH = Un proceso de este nivel no puede estar ahí: los macroprocesos van arriba; debajo, procesos; luego, subprocesos; los procedimientos, bajo un proceso o subproceso.
PROCESS_KIND_MISMATCH = El tipo es el del proceso superior: { $kind }. Corríjalo, o ubique el proceso en otra parte.
PROCESS_NOT_IN_FORCE = El proceso superior (o el del documento) no está vigente en esa fecha.
JOB_LEVEL_MISMATCH = El primer dígito del código no corresponde al nivel del empleo.

INTERNAL = Ocurrió un error en el servicio. Si persiste, repórtelo con este número: { $requestId }.

# Frases de las que se componen los textos: cómo debe ser un valor, de qué se habla, y en cuál de una lista.

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
format-Date = una fecha del 1800-01-01 al 2200-12-31, como 2026-01-31
format-DateTime = un instante, como 2026-01-31T15:04:05.000000Z
format-URL = una dirección http, https o urn
format-code-pattern = de 1 a 60 caracteres sin espacios, con al menos una A (una letra mayúscula) o un 9 (una cifra), y si acaso una vez { "{" }parent{ "}" } (el código superior), como { "{" }parent{ "}" }.99
format-code-pattern-without-parent = de 1 a 60 caracteres sin espacios, con al menos una A (una letra mayúscula) o un 9 (una cifra), como A99
format-nothing-for-this-picture = ningún valor: esta imagen no compara dos fechas
format-one-of = uno de { $values }
format-of-type = un valor de tipo { $type }
unit-by-id = indicada
kind-StructureVersion = estructura
kind-Post = cargo
kind-PostHolding = vinculación al cargo
kind-WorkGroup = grupo de trabajo
kind-ProcessResponsibility = responsabilidad
kind-Alignment = alineación
kind-Requirement = requisito
kind-Process = proceso
kind-ProcessVersion = caracterización
kind-DocumentVersion = versión de documento
item-activities = actividad { $number }
item-inputs = entrada { $number }
item-outputs = salida { $number }
item-items = renglón { $number }
item-units = dependencia { $number }
item-processes = proceso { $number }
item-responsibilities = responsabilidad { $number }
item-policies = política { $number }
item-resources = recurso { $number }
item-functions = función { $number }
item-successors = sucesora { $number }
item-transfers = traslado { $number }
item-posts = cargo { $number }
item-externalParties = parte externa { $number }
item-realizations = realización { $number }
item-other = elemento { $number }
