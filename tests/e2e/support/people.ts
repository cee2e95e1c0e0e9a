export type Person = { company: string; first: string; last: string; title: string; city: string; country: string }

const COMPANIES =
  'Nordlicht Werften, Bergbach & Söhne, Casa do Vento, Brightwell Dairy, Kettle & Finch, Halden Optics, Ostrava Steelworks, Pine & Harbour, Atelier Rochefort, Quarry Lane Partners, Vega Instruments, Molino Verde, Tidewater Freight, Green Acre Labs, Silo Eleven, Fjordline Bakery, Alder & Stone, Blue Lantern Foods, Corvo Design, Drumlin Timber, Elbe Logistik, Fenwick Press, Gale Textiles, Hollow Creek, Isar Medical, Juniper Tools, Karst Energy, Lindgren Papier, Marlow Glass, Nettle & Thorn'.split(
    ', ',
  )
const FIRST =
  'Ada, Jürgen, Inês, Tom, Maya, Per, Jana, Lucy, Hélène, Sam, Rosa, Paola, Ben, Priya, Noah, Kari, Mikko'.split(', ')
const LAST =
  'Winter, Groß, Moura, Okafor, Lindqvist, Solberg, Nováková, Tremblay, Marchand, Porter, Ibáñez, Conti, Achterberg, Nair, Berg, Dahl, Virtanen, Haas, Keller'.split(
    ', ',
  )
const TITLES = 'Head of Operations, Founder, Procurement Lead, Plant Manager, Marketing Director, Head of Sales'.split(
  ', ',
)
const PLACES = ['Kiel, Germany', 'Porto, Portugal', 'Leeds, United Kingdom', 'Stockholm, Sweden', 'Lyon, France']

/** `count` invented people from the `from`th on; the same number is always the same person. */
export function people(count: number, from = 0): Person[] {
  return Array.from({ length: count }, (_, i) => {
    const n = from + i
    const [city = '', country = ''] = (PLACES[n % PLACES.length] ?? '').split(', ')
    const pick = (list: readonly string[]) => list[n % list.length] ?? ''
    return { company: pick(COMPANIES), first: pick(FIRST), last: pick(LAST), title: pick(TITLES), city, country }
  })
}

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/ß/g, 'ss')
    .replace(/[^a-zA-Z]+/g, '')
    .toLowerCase()

export const addressOf = ({ company, first, last }: Person) =>
  `${plain(first)}.${plain(last)}@${plain(company)}.example`

export const peopleAsCsv = (list: readonly Person[]) =>
  [
    'Company,First name,Last name,Job title,Email,City,Country',
    ...list.map((one) =>
      [one.company, one.first, one.last, one.title, addressOf(one), one.city, one.country].join(','),
    ),
  ].join('\n')
