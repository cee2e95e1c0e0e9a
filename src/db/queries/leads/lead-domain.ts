import { Prisma } from '@/db/generated/client'

// As the index has it: "elpmaxe.ynapmoc." begins the domains below "company.example" and that one itself, and no other.
const domainFromEnd = Prisma.sql`reverse('.' || split_part(l.email, '@', 2))`

/** Fragment: true when the address of the lead `l` is at this domain (SQL) or below it. One look into an index. */
export const isAtOrBelow = (domain: Prisma.Sql) =>
  Prisma.sql`(${domainFromEnd} ~>=~ reverse('.' || ${domain}) AND ${domainFromEnd} ~<~ reverse('/' || ${domain}))`

/** Fragment: the same for one domain that is given. The server knows how few leads it has, and looks into the index for that. */
export const isAtOrBelowGiven = (domain: string) =>
  Prisma.sql`${domainFromEnd} LIKE reverse('.' || ${domain.replace(/[\\%_]/g, '')}::text) || '%'`

/** Fragment: true when the address of the lead `l` is at this domain (SQL), and not below it. One look into an index. */
export const isAtDomain = (domain: Prisma.Sql) => Prisma.sql`${domainFromEnd} = reverse('.' || ${domain})`

/** Fragment: true when the address of the lead `l` is at one of these domains, and not below it. One look into an index each. */
export const isAtOneOf = (domains: readonly string[]) =>
  Prisma.sql`${domainFromEnd} = ANY(ARRAY(SELECT reverse('.' || domain) FROM unnest(${[...domains]}::text[]) AS d(domain)))`
