import { foldLatin } from '../spelling'
import type { LeadField } from './fields'

// Nothing longer is told apart.
const LONGEST_HEADER = 200

/** "E-Mail Address", "email_address" and "EmailAddress" are one header; accents of Latin letters do not count. */
export const foldHeader = (header: string) =>
  foldLatin(header.slice(0, LONGEST_HEADER)).replace(/[^\p{L}\p{M}\p{N}]+/gu, '')

const words = (text: string) => text.trim().split(/\s+/).map(foldHeader)

/**
 * Headers of Apollo, HubSpot, Salesforce, LinkedIn, Sales Navigator through PhantomBuster, Google Contacts, Outlook, map
 * scrapers, and of hand-made lists in many languages. The first spelling found is the one that is taken.
 */
export const HEADERS: Record<LeadField, readonly string[]> = {
  email: words(`
    email emailaddress workemail businessemail primaryemail contactemail professionalemail mail emailid emailadresse
    mailadresse adresseemail courriel correo correoelectronico emailwork email1 email1value email1address emails
    adressemail adresmail eposta epost epostadress epostadresse sahkoposti emailcim indirizzoemail posta postaelettronica
    mailadres adresemail adreseposta personalemail companyemail
    электроннаяпочта элпочта почта емейл имейл емайл адресэлектроннойпочты электроннийадрес електроннапошта елпошта
    メールアドレス メール eメール 電子メール 邮箱 电子邮件 电子邮箱 邮件地址 電子郵件 電郵 電子信箱 信箱 邮件
    이메일 이메일주소 메일 메일주소 전자우편 البريدالالكتروني البريدالإلكتروني ایمیل אימייל דואראלקטרוני ηλεκτρονικοταχυδρομειο อีเมล`),
  companyName: words(`
    companynameforemails companyname company associatedcompany organization organisation organizationname
    organisationname organization1name account accountname business businessname firma unternehmen firmenname
    entreprise societe empresa azienda societa bedrijf bedrijfsnaam sirket sirketadi foretag foretagsnamn virksomhed
    bedrift yritys spolecnost ceg cegnev companie nazwafirmy przedsiebiorstwo razaosocial ragionesociale raisonsociale
    employer
    компания фирма организация названиекомпании предприятие наименование компанія фірма організація
    会社名 会社 企業名 法人名 公司 公司名称 公司名稱 公司名 企业 企业名称 企業 單位 单位 회사 회사명 업체명 기업명 상호
    الشركة اسمالشركة חברה שםחברה εταιρεια บริษัท`),
  contactName: words(`
    contactname fullname name contact contactperson person email1fullname ansprechpartner ansprechpartnerin kontakt nomcomplet
    nombrecompleto namevorname nachnamevorname vornamenachname lastnamefirstname firstnamelastname nomprenom prenomnom
    fileas displayname vollername nomecompleto nomecognome cognomenome contactpersoon adsoyad isimsoyisim
    imieinazwisko jmenoaprijmeni jmeno navn namn nimi nev numeprenume
    фио имяифамилия контакт контактноелицо полноеимя піб контактнаособа
    氏名 名前 お名前 担当者 担当者名 ご担当者名 姓名 联系人 聯絡人 聯繫人 성명 담당자 담당자명 이름성
    الاسم الاسمالكامل שם שםמלא ονοματεπωνυμο ชื่อ`),
  firstName: words(`
    firstname givenname forename email1firstname vorname prenom nombre nome ad isim adi imie krestnijmeno voornaam fornamn fornavn
    etunimi keresztnev prenume ime primeironome first
    имя имʼя имя名 ім'я
    名 名前名 名字 이름 الاسمالاول الاسمالأول שםפרטי ονομα`),
  lastName: words(`
    lastname surname familyname email1lastname nachname nomdefamille nom apellido apellidos cognome sobrenome soyad soyadi soyisim
    nazwisko prijmeni achternaam efternamn efternavn etternavn sukunimi vezeteknev numedefamilie prezime last
    фамилия прізвище
    姓 名字姓 苗字 姓氏 성 اسمالعائلة שםמשפחה επωνυμο`),
  jobTitle: words(`
    jobtitle title position role jobposition organizationtitle organization1title email1title funktion stelle poste cargo puesto
    fonction ruolo functie unvan pozisyon stanowisko pozice funkce befattning stilling tehtava beosztas functia
    stellung berufsbezeichnung
    должность позиция посада
    役職 職位 職稱 职位 职务 職務 직위 직책 직함 المسمىالوظيفي תפקיד θεση`),
  phone: words(`
    workdirectphone mobilephone corporatephone companyphone phone phonenumber telephone telephonenumber mobile
    mobilephonenumber phone1 phone1value businessphone businessphone1 primaryphone cell tel telefon telefonnummer mobil
    telefono telefone telefoonnummer telefoon telefonnummer1 puhelin telefonszam numertelefonu telefonno cep ceptelefonu
    handy handynummer gsm
    телефон мобильный номертелефона мобільний
    電話 電話番号 携帯電話 电话 手机 電話號碼 手機 전화 전화번호 휴대폰 연락처 الهاتف رقمالهاتف טלפון τηλεφωνο`),
  website: words(`
    website websiteurl companywebsite companyurl web homepage domain companydomain companydomainname website1value
    webpage site webseite siteweb sitioweb paginaweb webadresse strona stronawww websitesi internetadresi
    hemsida hjemmeside verkkosivusto weboldal sitoweb
    сайт вебсайт домен
    ウェブサイト ホームページ 网站 网址 網站 網址 웹사이트 홈페이지 الموقع الموقعالالكتروني אתר ιστοσελιδα`),
  industry: words(`
    industry companyindustry sector branche secteur industria settore setor sektor branza obor bransch bransje toimiala
    iparag categoryname category subtypes
    отрасль сфера галузь
    業種 業界 行业 行業 업종 산업`),
  city: words(`
    city companycity town stadt ort ville ciudad citta cidade sehir miasto mesto stad kaupunki varos oras plaats
    wohnort businesscity
    город місто
    市区町村 市 都市 城市 도시`),
  country: words(`
    country countryregion companycountry countrycode land pays pais paese ulke kraj zeme maa orszag tara
    businesscountryregion
    страна країна
    国 国家 國家 국가 나라`),
  linkedinUrl: words(`
    linkedinurl personlinkedinurl linkedin linkedinprofileurl linkedinprofile profileurl defaultprofileurl
    linkedinmemberprofileurl`),
}

/** Numbered columns of contact exports: the first one that holds an address is the lead's. */
export const NUMBERED_EMAILS: ReadonlySet<string> = new Set(
  [1, 2, 3, 4, 5].flatMap((number) => [`email${number}value`, `email${number}address`, `email${number}`]),
)

/** Of several columns for one field, these are read before the others, wherever they stand. */
export const PREFERRED: ReadonlySet<string> = new Set(['companynameforemails'])

/** Columns that mean nothing outside the program that wrote them, and the two that the file of left-out rows adds. */
export const NOISE: ReadonlySet<string> = new Set(
  words(`
    recordid contactid apollocontactid apolloaccountid companyid vmid query timestamp error imgurl profileimageurl picture
    issharedconnections sharedconnectionscount connectedon refresh emailopen emailsent emailbounced replied demoed
    donotcall photo labels groupmembership leftoutline leftoutreason`),
)

/** Columns by which exports of map searches are known: there "name" and "title" are the company's. */
export const OF_MAP_SEARCHES: ReadonlySet<string> = new Set(
  words('placeid googleid googlemapsurl reviewscount totalscore latitude reviews cid'),
)

/** "E-mail 1 - Label" says what kind the value beside it is. */
export const isLabel = (folded: string) =>
  /^(?:email|phone|website|address|im|relation|event|customfield)\d(?:label|type)$/.test(folded)
