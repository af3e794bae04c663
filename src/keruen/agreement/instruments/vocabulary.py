"""Words of communiqués in English and Russian: kinds, fields, countries, what says that something was signed.

Patterns are of lower-case text; a stem stands for its forms. What no pattern knows stays unread.
"""

from __future__ import annotations

import re

from keruen.agreement.instruments.model import Field, Kind


def pattern(text: str) -> re.Pattern[str]:
    """Alternatives that begin at the beginning of a word."""
    return re.compile(rf"(?<!\w)(?:{text})", re.IGNORECASE)


KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (pattern(text), kind)
    for text, kind in (
        (r"road ?map\b|«?дорожн\w+ карт\w+", Kind.ROADMAP),
        (r"memorandum\b|mou\b|меморандум\w*", Kind.MEMORANDUM),
        (r"joint (?:action )?plan\b|plan of joint\b|совместн\w+ план\w*", Kind.JOINT_PLAN),
        (r"план\w* совместн\w+", Kind.JOINT_PLAN),
        (r"programme?\b|программ\w+", Kind.PROGRAMME),
        (r"protocol\b|протокол\w*", Kind.PROTOCOL),
        (r"declaration\b|деклараци\w+", Kind.DECLARATION),
        (r"convention\b|конвенци\w+", Kind.CONVENTION),
        (r"treaty\b|договор(?!ен)\w*", Kind.TREATY),
        (r"agreement\b|соглашени\w+", Kind.AGREEMENT),
        (r"statement\b|заявлени\w+", Kind.STATEMENT),
        (r"contract\b|контракт\w*", Kind.CONTRACT),
        (r"plan\b|план\w{0,2}(?!\w)", Kind.PLAN),
    )
)
"""What a document calls itself; the longer name first."""

BEFORE_KIND = re.compile(
    r"""(?ix) (?: [\s"'«“„]* (?: the | an? | joint | bilateral | interdepartmental | inter-?governmental
        | inter-?agency | inter-?ministerial | framework | comprehensive | additional | action
        | совместн\w+ | двусторонн\w+ | межправительственн\w+ | межведомственн\w+ | межгосударственн\w+
        | рамочн\w+ | комплексн\w+ | дополнительн\w+ ) (?=\s) )* [\s"'«“„]*
        (?: (?: (?-i:[A-Z]) [\w-]+ \s+ ){1,3} (?= (?-i: [A-Z] ) ) )? """
)
"""What may stand before the kind at the beginning of an item."""

FIELDS: tuple[tuple[re.Pattern[str], Field], ...] = tuple(
    (pattern(text), field)
    for text, field in (
        (
            r"customs|(?:preliminary|advance) information|border (?:crossing|checkpoint|post)s?|таможен\w+",
            Field.CUSTOMS,
        ),
        (r"предварительн\w+ информаци\w+|пункт\w+ пропуска", Field.CUSTOMS),
        (r"agricultur\w+|agro\w*|veterinar\w+|plant quarantine", Field.AGRICULTURE),
        (
            r"сельск\w+ хозяйств\w+|сельскохозяйственн\w+|агропром\w+|ветеринар\w+",
            Field.AGRICULTURE,
        ),
        (r"trade\b|export\w*|commerce|торгов\w+|экспорт\w*", Field.TRADE),
        (r"industr(?:y|ial)\b|промышленност\w+|индустри\w+", Field.INDUSTRY),
        (r"touris\w+|туризм\w*|туристич\w+", Field.TOURISM),
        (r"twin\w*|sister[- ]cit\w+|побратим\w+", Field.REGIONS),
        (r"regional cooperation|межрегиональн\w+", Field.REGIONS),
        (r"strategic[- ](?:studies|research)|scien\w+|research", Field.RESEARCH),
        (r"стратегическ\w+ исследовани\w+|научн\w+|наук\w*", Field.RESEARCH),
        (r"education\w*|universit\w+|образовани\w+|университет\w*", Field.EDUCATION),
        (r"culture\b|cultural|sports?\b|культур\w+|спорт\w*", Field.CULTURE),
        (r"health\w*|medic\w+|здравоохранени\w+|медицин\w+", Field.HEALTH),
        (r"labou?r|employment|migration|труд[аеуо]\w*|занятост\w+|миграци\w+", Field.LABOUR),
        (
            r"transport\b|railway\w*|aviation|road haulage|транспорт(?!н\w+ средств)\w*",
            Field.TRANSPORT,
        ),
        (r"железнодорожн\w+|авиаци\w+|автомобильн\w+ сообщени\w+", Field.TRANSPORT),
        (r"energy\b|electric\w+|hydropower|энерг\w+", Field.ENERGY),
        (r"water\b|irrigation|водн\w+|водохозяйственн\w+", Field.WATER),
        (r"tax\w*|financ\w+|bank\w*|налог\w+|финанс\w+|банк\w*", Field.FINANCE),
        (r"justice\b|legal assistance|prosecut\w+|юстици\w+|правов\w+ помощ\w+", Field.JUSTICE),
        (r"прокурор\w*|прокуратур\w+", Field.JUSTICE),
        (r"security\b|defen[cs]e|military|безопасност\w+|оборон\w+|военн\w+", Field.SECURITY),
        (
            r"environment\w*|climate|ecolog\w+|окружающ\w+ сред\w+|экологи\w+|климат\w*",
            Field.ENVIRONMENT,
        ),
        (
            r"digital\w*|artificial intelligence|цифров\w+|искусственн\w+ интеллект\w*",
            Field.DIGITAL,
        ),
        (r"foreign (?:affairs|ministr\w+)|diplomat\w+", Field.DIPLOMACY),
        (r"иностранн\w+ дел\w*|дипломат\w+", Field.DIPLOMACY),
        (r"alli(?:ed|ance)|strategic partnership|friendship", Field.POLITICAL),
        (
            r"союзническ\w+|стратегическ\w+ партнерств\w+|стратегическ\w+ партнёрств\w+",
            Field.POLITICAL,
        ),
    )
)

COUNTRIES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (pattern(text), country)
    for text, country in (
        (r"kazakh\w*|казахстан\w*|РК\b", "KZ"),
        (r"tajik\w*|таджики?стан\w*|РТ\b", "TJ"),
        (r"uzbek\w*|узбекистан\w*|РУз\b", "UZ"),
        (r"kyrgyz\w*|кыргыз\w*|киргиз\w*|КР\b", "KG"),
        (r"turkmen\w*|туркмен\w*", "TM"),
        (r"russia\w*|росси\w+|РФ\b", "RU"),
        (r"azerbaijan\w*|азербайджан\w*", "AZ"),
        (r"belarus\w*|беларус\w*", "BY"),
        (r"armenia\w*|армени\w+", "AM"),
        (r"georgia\w*|грузи\w+", "GE"),
        (r"chin(?:a|ese)\b|кита\w+|КНР\b", "CN"),
        (r"türkiye|turkey|turkish|турци\w+", "TR"),
        (r"iran\w*|иран\w*", "IR"),
        (r"afghan\w*|афган\w*", "AF"),
    )
)
"""Countries as names of bodies mention them."""

SIGNED = pattern(r"signed\b|signing\b|подписан(?!и[юе]\b)\w*|подписал\w*|подписани[яе]\b")
NOT_SIGNED = pattern(
    r"agenda|drafts?\b|to be signed|will be signed|will sign|(?:prepared|ready) for sign\w+"
    r"|not (?:been )?signed|expected to|planned|participants\s*:?\s*$|повестк\w+"
    r"|проекты? (?:документ|соглашен|меморандум)"
    r"|проектов (?:документ|соглашен|меморандум|протокол)\w*|к подписанию|буд[уе]т подписан\w*|не подписан\w*"
    r"|не были подписан\w*|планиру\w+|ожидает\w+|предстоит|намечен\w*|участники\s*:?\s*$"
)
"""Before a list: its documents are not, or not yet, signed; or it lists something else."""
LISTED = pattern(
    r"documents?\b|these\b|among them|they are|the list\b|as follows"
    r"|документ\w*|список|перечень|следующ\w+|среди них|в их числе"
)
"""An introduction that leaves it to what stands before it to say that these were signed."""
