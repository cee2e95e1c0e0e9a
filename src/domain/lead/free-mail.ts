// Providers where anybody has an address; those of many countries are told by the name in front.
const PROVIDERS = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com live.com msn.com passport.com icloud.com me.com mac.com aol.com aim.com
  yahoo.com ymail.com rocketmail.com myyahoo.com proton.me protonmail.com pm.me tutanota.com tuta.com tuta.io tutamail.com
  gmx.de gmx.net gmx.at gmx.ch gmx.com web.de freenet.de t-online.de arcor.de mail.de posteo.de mailbox.org 1und1.de online.de
  email.de vodafone.de kabelmail.de ewe.net bluewin.ch hispeed.ch sunrise.ch a1.net aon.at chello.at
  orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr skynet.be telenet.be
  libero.it virgilio.it tiscali.it alice.it tin.it tim.it inwind.it iol.it terra.es telefonica.net
  ziggo.nl kpnmail.nl planet.nl xs4all.nl home.nl hetnet.nl
  btinternet.com sky.com virginmedia.com talktalk.net ntlworld.com blueyonder.co.uk
  comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com optonline.net rogers.com
  shaw.ca sympatico.ca bell.net bigpond.com optusnet.com.au xtra.co.nz
  mail.ru bk.ru inbox.ru list.ru internet.ru yandex.ru yandex.com ya.ru rambler.ru ukr.net i.ua meta.ua
  qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com 139.com 189.cn naver.com daum.net hanmail.net
  nate.com kakao.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp au.com i.softbank.jp nifty.com biglobe.ne.jp so-net.ne.jp
  rediffmail.com in.com uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com
  wp.pl o2.pl onet.pl interia.pl op.pl tlen.pl gazeta.pl seznam.cz centrum.cz email.cz post.cz volny.cz azet.sk centrum.sk
  zoznam.sk freemail.hu citromail.hu t-online.hu abv.bg mail.bg yahoo.ro
  mynet.com windowslive.com zoho.com zohomail.com fastmail.com fastmail.fm hushmail.com mail.com email.com usa.com hey.com
  inbox.lv mail.ee telia.com spray.se online.no getmail.no jubii.dk ofir.dk stofanet.dk kolumbus.fi luukku.com sapo.pt`
    .split(/\s+/)
    .filter(Boolean),
)
const WORLDWIDE = /^(?:yahoo|hotmail|live|outlook|gmx|yandex|aol)\.(?:[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})$/

/** True for the domain of a provider where anybody has an address: to write to nobody there is rarely meant. */
export const isFreeMailDomain = (domain: string): boolean => PROVIDERS.has(domain) || WORLDWIDE.test(domain)
