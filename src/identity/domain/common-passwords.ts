/**
 * What is tried first. Written for this purpose from what is well known of guessed passwords: words to which people add
 * figures and signs, and whole phrases of twelve characters or more. Lower case.
 */
const words = `
  password passwort passw pass passphrase passcode mypassword yourpassword newpassword thepassword secret secrets mysecret
  letmein letmeinnow welcome welcomeback welcomehome admin administrator adminadmin root user username login signin
  default changeme changemenow changeit temporary temp test testing tester testtest guest demo example sample
  qwerty qwertyuiop qwertyuiopasdf asdfghjkl asdfghjk zxcvbnm qazwsx qazwsxedc abc abcd abcdef abcdefg abcdefgh
  iloveyou iloveyouso loveyou ilovehim ilovemum sunshine princess dragon monkey football footballer cricket rugby
  baseball basketball superman batman spiderman starwars pokemon master shadow charlie michael jordan jessica ashley
  thomas daniel george freedom whatever trustnoone computer internet password internetpassword summer winter spring
  autumn january february march april may june july august september october november december monday tuesday
  wednesday thursday friday saturday sunday christmas happynewyear liverpool liverpoolfc arsenal chelsea everton
  manchester manchesterunited manchestercity mancity manunited salford rochdale bolton bury wigan stockport tameside
  oldham trafford london birmingham leeds bristol cardiff caerdydd wales cymru england scotland newcastle rangers celtic
  council onepot communitybudget community budget totalplace wholeplace finance treasury nationalhealth police
  cyfrinair croeso croesoicymru cyngor
`;
const phrases = `
  123456789012 1234567890123 12345678901234 123456789101112 123123123123 112233445566 111222333444 121212121212
  1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc 1qaz2wsx3edc4rfv q1w2e3r4t5y6 qwerty123456 qwertyuiop123 qwer1234qwer
  asdf1234asdf a1b2c3d4e5f6 abc123abc123 abcd1234abcd aa12345678aa 123qweasdzxc qweasdzxc123 zaq12wsxcde3 zaq1xsw2cde3
  correcthorsebatterystaple thisisapassword thisismypassword iamtheadministrator iforgotmypassword
  ineedapassword nopasswordhere passwordpassword letmeinplease opensesame12 tobeornottobe thequickbrownfox
  maytheforcebewithyou godsavetheking godsavethequeen youllneverwalkalone
`;

export const COMMON_WORDS: ReadonlySet<string> = new Set(words.trim().split(/\s+/));
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(phrases.trim().split(/\s+/));
export const KEYBOARD_ROWS: readonly string[] = [
  "abcdefghijklmnopqrstuvwxyzabcdefghijklm",
  "01234567890123456789012345678901234567890",
  "1234567890qwertyuiopasdfghjklzxcvbnm",
  "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
  "qwertyuiopasdfghjklzxcvbnm1234567890",
];
