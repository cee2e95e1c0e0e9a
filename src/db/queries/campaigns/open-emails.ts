import { Prisma } from '@/db/generated/client'
import { OPEN_STATUSES } from '@/domain/campaign/progress'

const list = Prisma.raw(OPEN_STATUSES.map((status) => `'${status}'`).join(', '))

/** Fragment: true when the planned mail `mail` is open. Written out, not as a parameter: partial indexes are chosen by it. */
export const isOpen = (mail: 'o' | 'se') => Prisma.sql`${Prisma.raw(mail)}.status IN (${list})`
