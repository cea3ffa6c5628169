/**
 * Forenames that stand for one another: common diminutives and forms of English and Welsh names. The list is our own, written for this
 * engine from common knowledge of names; it is short on purpose and holds no name of a real list of persons. A short form may belong to
 * several names ("alex"); two forenames are kin where they share one.
 */
const LISTED = `
  abigail abby abbie gail
  abraham abe bram
  agnes aggie nessie
  albert bert bertie al albie
  alexander alex alec sandy xander al sacha
  alexandra alex sandra lexi sasha alexa
  alfred alf alfie fred freddie
  alison ali allison
  amelia amy millie emily mia milly
  andrew andy drew andreas
  angela angie ange
  ann anne anna annie nan nancy hannah annette nanny anita
  anthony tony antony ant antonio
  archibald archie
  arthur art artie
  augustus gus august
  barbara barb babs barbie
  bartholomew bart
  beatrice bea beattie trixie
  benjamin ben benny benji
  bernard bernie
  bethan beth
  bridget bridie biddy
  caroline carrie carol carolyn caro
  catherine kate cathy kathy katie kitty katherine kathryn cath cat kath katharine catharine kay karen cathryn
  charles charlie chas chuck carl chaz charley karl carlos
  charlotte lottie charlie lotte char carlotta
  christine chris chrissie tina christina christiana kirsty
  christopher chris kit topher christoph kris
  clarence clarrie
  clementine clem
  constance connie
  cornelius con neil
  cuthbert bert
  cynthia cindy
  daniel dan danny
  david dave davey dai dafydd dewi davy taffy
  deborah deb debbie debs debra
  dennis den denny denis
  derek del
  dorothy dot dottie dolly dora dorothea dorothie
  douglas doug dougie
  duncan dunc
  edgar ed eddie
  edmund ed eddie ned ted edmond
  edward ed eddie ted ned teddy eddy eduard edouard
  edwin ed eddie
  eleanor ellie nell nora ellen elinor nellie elen helen eleanora elena
  elizabeth liz beth lizzie betty eliza libby elisabeth bess bessie betsy lisa elsie lily liza elspeth isabel lizbeth
  emily em emmy millie
  emma em emmie
  ernest ernie
  esther hester essie
  eugene gene
  evan ifan ieuan
  florence flo florrie flossie flora
  frances fran fanny frankie francesca francis cissie
  francis frank frankie fran francois francisco
  franklin frank
  frederick fred freddie freddy fredrick frederic rick fritz
  gabriel gabe
  geoffrey geoff jeff jeffrey
  george georgie geordie jorge georges sior
  gerald gerry jerry ger gerard
  geraldine gerry
  gertrude gertie trudy
  gilbert gil bert
  gregory greg gregor
  griffith griff gruffydd guto
  grace gracie
  gwendolen gwen wendy gwendoline
  gwilym will william
  hannah anna hanna
  harold harry hal
  harriet hattie harriett
  helen nell ellen nellie helena lena elen
  henrietta etta hettie hetty harriet
  henry harry hal hank henri harri heinrich enrique
  herbert bert bertie herb
  horace horatio
  howell hywel howel
  hubert bert hugh
  hugh hughie huw huey hugo hughes
  humphrey humph
  isaac ike zac
  isabella bella isobel isabel izzy izzie belle isla
  jacob jake jack jacques
  jacqueline jackie jacqui
  james jim jimmy jamie jem jas jimmie jacques iago jaime
  jane janet jenny janie jayne jan sian joan jean
  janet jan jenny
  jason jay
  jennifer jen jenny jenni
  jeremiah jerry
  jeremy jerry jem
  jessica jess jessie
  joan joanie jo siwan
  joanna jo joanne jojo
  john jack johnny jon jonny ian sean ewan ivan evan ieuan sion jean juan jan johan johnnie owain
  jonathan jon jonny nathan jonathon
  joseph joe joey jo jos jose
  josephine jo josie
  joshua josh jos
  judith judy jude
  julia julie jules
  katrina kate trina
  kenneth ken kenny
  kevin kev
  laura laurie lauren
  laurence larry lawrence laurie lol lorenzo
  leonard len lenny leo
  leslie les lesley
  lewis lou louis lew llew
  lillian lil lily lilian
  llewellyn llew llewelyn lyn
  louis lou louie
  louisa lou louise lulu
  lucy lucinda lucie lou
  madeleine maddy maddie madeline lena
  magdalene maggie lena
  malcolm mal
  margaret maggie meg peggy margie greta marge daisy rita mags madge margery marged mair megan marguerite margareta marjorie
  maria mary marie ria
  mark marc marcus markus
  martha patty mattie
  martin marty martyn
  mary molly polly may moll mamie mair mari marie maria
  matilda tilly mattie maud tillie
  matthew matt matty mathew mat matthias
  maureen mo
  maurice morris mo meurig
  maxwell max
  megan meg
  michael mike mick micky mickey mikey mitch miguel mihangel michel
  mildred millie
  miriam mimi
  mohammed mohammad muhammad mohamed mo muhammed
  montague monty
  morgan mog
  nathaniel nat nate nathan nathanial
  nicholas nick nicky nico nicolas colin klaus nic
  nicola nicky nikki nic
  norman norm
  oliver ollie olly noll
  olivia liv livvy livia
  oscar ossie
  owen owain
  pamela pam pammy
  patricia pat trish patsy tricia paddy
  patrick pat paddy patsy padraig
  paul pablo pol
  paula pauline
  penelope penny pen
  percival percy
  peter pete petey piers pedro pierre pedr
  philip phil phillip pip philippe felipe
  philippa pippa pip
  phyllis phyl
  prudence prue
  rachel rach rae rachael
  ralph rafe
  randolph randy dolph
  raymond ray
  rebecca becky bex becca reb
  reginald reg reggie rex
  rhys rees reece rice
  richard dick rick ricky rich richie dickie rhisiart ritchie ricardo
  robert bob bobby rob robbie bert robin rab roberto rupert
  roderick rod roddy rhodri
  roger rodge hodge rodger
  roland rolly rowland
  ronald ron ronnie
  rose rosie rosa
  rosemary rosie rose
  roy royston
  rudolph rudy dolph
  russell russ
  ruth ruthie
  samantha sam sammy
  samuel sam sammy
  sarah sally sadie sal sara
  sebastian seb
  sharon shaz
  sidney sid sydney syd
  simon si sim
  solomon sol solly
  sophia sophie
  stanley stan
  stephanie steph steffi
  stephen steve steven stevie steffan stefan
  stuart stu stewart
  susan sue susie suzy susanna suzanne susannah sukey
  sylvester syl
  teresa terry tess theresa tessa
  terence terry terrence
  thaddeus thad
  theodore theo ted teddy
  theophilus theo
  thomas tom tommy twm tomos thom tomas
  timothy tim timmy
  toby tobias
  tobias toby
  ursula ursie
  valerie val
  veronica ronnie
  victor vic
  victoria vicky tori vikki vic queenie
  vincent vince vin vinny
  violet vi
  vivian viv
  walter wally walt wat gwallter
  wilfred wilf fred
  wilhelmina mina minnie
  william will bill billy willie wm liam willy wills guillaume wilhelm
  winifred win winnie freda
  zachary zac zach zak
`;

/** For each form the names that it stands for, by their line in the list. */
const namesOfForm: ReadonlyMap<string, readonly number[]> = read(LISTED);

function read(text: string): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  const lines = text.trim().split("\n");
  lines.forEach((line, at) => {
    for (const form of line.trim().split(" ")) found.set(form, [...(found.get(form) ?? []), at]);
  });
  return found;
}

/** The names that a normalised forename can stand for, as numbers; none where it is in no list. */
export function namesOf(forename: string): readonly number[] {
  return namesOfForm.get(forename) ?? [];
}

/** Whether one forename can stand for the other. */
export function areKin(left: string, right: string): boolean {
  const names = namesOf(right);
  return names.length > 0 && namesOf(left).some((name) => names.includes(name));
}
