import { Prisma } from '@/db/generated/client'
import { OPEN_STATUSES } from '@/domain/campaign/progress'

const list = Prisma.raw(OPEN_STATUSES.map((status) => `'${status}'`).join(', '))

/** Fragment: true when the planned email `email` is open. Written out, not as a parameter: partial indexes are chosen by it. */
export const isOpen = (email: 'o' | 'se') => Prisma.sql`${Prisma.raw(email)}.status IN (${list})`
