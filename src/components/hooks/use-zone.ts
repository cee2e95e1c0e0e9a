import { api } from '@/trpc/react'

/** The zone of the settings, an IANA name, for times that belong to no campaign or mailbox; UTC until it is known. */
export const useZone = (): string => api.settings.get.useQuery().data?.defaultTimezone ?? 'UTC'
