// Writes UnicodeProperties.txt: the sets of code points that \p{…} names, as V8 has them, and what IDNA asks about besides.
// Run it with `node unicode-properties.mjs` in this folder; Node 20 and Perl 5.36 are on Debian 12.
// A line is the set's names, a space, and the distances between the code points where membership changes, in base 32: five bits a
// digit, the lowest first, digits of 32 and above are followed by another one.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const end = 0x110000;

const categories = `Lu|Uppercase_Letter Ll|Lowercase_Letter Lt|Titlecase_Letter Lm|Modifier_Letter Lo|Other_Letter Mn|Nonspacing_Mark
  Mc|Spacing_Mark Me|Enclosing_Mark Nd|Decimal_Number|digit Nl|Letter_Number No|Other_Number Pc|Connector_Punctuation Pd|Dash_Punctuation
  Ps|Open_Punctuation Pe|Close_Punctuation Pi|Initial_Punctuation Pf|Final_Punctuation Po|Other_Punctuation Sm|Math_Symbol
  Sc|Currency_Symbol Sk|Modifier_Symbol So|Other_Symbol Zs|Space_Separator Zl|Line_Separator Zp|Paragraph_Separator Cc|Control|cntrl
  Cf|Format Cs|Surrogate Co|Private_Use Cn|Unassigned`;

const properties = `ASCII ASCII_Hex_Digit|AHex Alphabetic|Alpha Any Assigned Bidi_Control|Bidi_C Bidi_Mirrored|Bidi_M Case_Ignorable|CI Cased
  Changes_When_Casefolded|CWCF Changes_When_Casemapped|CWCM Changes_When_Lowercased|CWL Changes_When_NFKC_Casefolded|CWKCF
  Changes_When_Titlecased|CWT Changes_When_Uppercased|CWU Dash Default_Ignorable_Code_Point|DI Deprecated|Dep Diacritic|Dia Emoji
  Emoji_Component|EComp Emoji_Modifier|EMod Emoji_Modifier_Base|EBase Emoji_Presentation|EPres Extended_Pictographic|ExtPict Extender|Ext
  Grapheme_Base|Gr_Base Grapheme_Extend|Gr_Ext Hex_Digit|Hex IDS_Binary_Operator|IDSB IDS_Trinary_Operator|IDST ID_Continue|IDC
  ID_Start|IDS Ideographic|Ideo Join_Control|Join_C Logical_Order_Exception|LOE Lowercase|Lower Math Noncharacter_Code_Point|NChar
  Pattern_Syntax|Pat_Syn Pattern_White_Space|Pat_WS Quotation_Mark|QMark Radical Regional_Indicator|RI Sentence_Terminal|STerm
  Soft_Dotted|SD Terminal_Punctuation|Term Unified_Ideograph|UIdeo Uppercase|Upper Variation_Selector|VS White_Space|space
  XID_Continue|XIDC XID_Start|XIDS`;

// Scripts younger than Debian's Perl.
const newScripts = `Kawi Nag_Mundari|Nagm Garay|Gara Gurung_Khema|Gukh Kirat_Rai|Krai Ol_Onal|Onao Sunuwar|Sunu Todhri|Todr
  Tulu_Tigalari|Tutg Beria_Erfe|Berf Sidetic|Sidt Tai_Yo|Tayo Tolong_Siki|Tols`;

const words = text => text.split(/\s+/).filter(Boolean);
const perl = code => words(execFileSync('perl', ['-MUnicode::UCD=prop_invlist,prop_values,prop_value_aliases', '-e', `print join " ", ${code}`], { encoding: 'utf8' }));
const perlSet = (property, values) => {
  const members = new Set();
  for (const value of values) {
    const edges = [...perl(`prop_invlist("${property}=${value}")`).map(Number), end];
    for (let i = 0; i + 1 < edges.length; i += 2)
      for (let point = edges[i]; point < edges[i + 1]; point++) members.add(point);
  }
  return point => members.has(point);
};

function encode(contains) {
  let text = '';
  let last = 0;
  let inside = false;
  for (let point = 0; point < end; point++) {
    if (contains(point) === inside) continue;
    let distance = point - last;
    for (; distance > 31; distance >>>= 5) text += digits[32 + (distance & 31)];
    text += digits[distance];
    last = point;
    inside = !inside;
  }
  return text;
}

const lines = [];
const add = (names, contains) => lines.push(`${names} ${encode(contains)}`);
const addProperty = (names, expression) => {
  const pattern = new RegExp(`^\\p{${expression}}$`, 'u');
  add(names, point => pattern.test(String.fromCodePoint(point)));
};

const prefixed = (prefix, names) => names.split('|').map(name => prefix + name).join('|');
const scripts = [...perl('map { join "|", grep { $_ } prop_value_aliases("Script", $_) } prop_values("Script")'), ...words(newScripts)]
  .filter(names => !/Katakana_Or_Hiragana/.test(names))
  .map(names => [...new Set(names.split('|'))].join('|'));

for (const names of words(categories)) addProperty(prefixed('gc=', names), `gc=${names.split('|')[0]}`);
for (const names of words(properties)) addProperty(names, names.split('|')[0]);
for (const names of scripts) addProperty(prefixed('sc=', names), `sc=${names.split('|')[0]}`);
for (const names of scripts) {
  const [script, extensions] = ['sc', 'scx'].map(property => new RegExp(`^\\p{${property}=${names.split('|')[0]}}$`, 'u'));
  add(prefixed('scx=', names), point => script.test(String.fromCodePoint(point)) !== extensions.test(String.fromCodePoint(point)));
}

// Marks are put in the order of their combining classes: a virama's, 9, is between those of U+3099 (8) and U+05B0 (10).
const reorders = (first, second) => (first + second).normalize('NFD') === second + first;
add('ccc=9', point => {
  const text = String.fromCodePoint(point);
  return reorders(text, '\u3099') && reorders('\u05B0', text);
});
add('jt=before', perlSet('Joining_Type', ['L', 'D']));
add('jt=after', perlSet('Joining_Type', ['R', 'D']));
add('jt=T', perlSet('Joining_Type', ['T']));
for (const names of ['R', 'AL', 'AN', 'EN', 'NSM']) add(`bc=${names}`, perlSet('Bidi_Class', [names]));
add('bc=neutral', perlSet('Bidi_Class', ['ES', 'CS', 'ET', 'ON', 'BN']));

writeFileSync(new URL('UnicodeProperties.txt', import.meta.url), lines.join('\n') + '\n');
