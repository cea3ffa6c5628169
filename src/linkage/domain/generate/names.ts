/**
 * What made-up families are called: forenames and surnames that are common in the North West of England and in Wales, with how often each
 * is drawn against the others. The lists are our own, from common knowledge of names; the shares are made up and fall by rank.
 */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const WOMEN = words(`
  margaret susan patricia christine jean linda karen helen sarah claire emma laura rebecca jessica chloe olivia amelia grace ellie
  sophie lucy katie hannah charlotte megan bethan sian carys cerys ffion gwen angharad nia elin mair rhian catrin aisha fatima zainab
  maryam khadija priya anjali agnieszka katarzyna joanna monika andreea elena shanice leanne kelly stacey kirsty donna tracey julie
  sharon michelle nicola amanda samantha victoria elizabeth catherine anne mary ruth rachel deborah jacqueline lesley maureen doreen
  sheila brenda barbara dorothy edna hilda eileen kathleen bridget niamh siobhan aoife
`);

export const MEN = words(`
  john david michael peter paul stephen andrew mark robert james christopher william thomas daniel matthew richard anthony kevin gary
  ian stuart neil craig lee darren dean wayne jason scott ryan liam connor kyle callum jack harry oliver george charlie jacob noah
  mohammed muhammad ahmed ali hassan omar ibrahim usman imran raj sanjay piotr tomasz krzysztof marek adrian andrei gareth dylan
  rhys huw ieuan emyr aled gethin owen evan alun geraint dafydd gwyn idris ivor ronald raymond kenneth donald norman derek brian alan
  roy terence dennis leslie frank fred albert ernest walter patrick sean declan brendan
`);

export const SURNAMES = words(`
  smith jones taylor williams brown davies evans wilson thomas roberts johnson lewis walker robinson wood thompson white watson jackson
  wright green harris cooper king lee martin clarke james morgan hughes edwards hill moore clark harrison scott young morris hall ward
  turner carter phillips mitchell patel adams campbell anderson allen cook bailey parker miller davis murphy price bell baker griffiths
  kelly simpson marshall collins bennett cox richardson fox gray rose chapman hunt robertson shaw reynolds lloyd ellis richards russell
  wilkinson khan graham stewart reid murray powell palmer holmes rogers stevens walsh hunter thomson matthews ross owen mason knight
  kennedy butler saunders cole pearce dean foster harvey hudson gibson mills berry barnes pearson kaur booth fletcher grant begum west
  hussain ali ahmed hart howarth entwistle ramsbottom ogden schofield kershaw butterworth greenhalgh haslam hindley leigh lomax
  openshaw pendlebury rigby sharples tonge unsworth whittaker yates probert parry pugh bowen beynon gittins vaughan tudor nowak
  kowalski wisniewski popescu ionescu okafor adeyemi mensah osei
`);

export const STREETS = words(`
  langworthy liverpool ordsall weaste eccles bolton station church victoria albert chapel park mill school garden bridge king queen
  castle railway canal brook field grove hazel larch rowan cedar poplar tennyson byron milton wordsworth nelson trafalgar
`);

export const KINDS_OF_STREET = words("street road avenue lane close grove drive terrace");
