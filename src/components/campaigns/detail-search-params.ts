import { createSerializer, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs'
import { EMAIL_STATUSES, type EmailStatus } from '@/domain/campaign/progress'

export const DETAIL_TABS = ['progress', 'runs', 'emails', 'leads', 'activity', 'settings'] as const
export type DetailTab = (typeof DETAIL_TABS)[number]

/** What the address of a campaign says: the open tab, and the filters of what it lists. */
export const detailParsers = {
  tab: parseAsStringLiteral(DETAIL_TABS).withDefault('progress'),
  status: parseAsStringLiteral(EMAIL_STATUSES),
  step: parseAsInteger,
  search: parseAsString.withDefault(''),
  /** The run that is looked at. */
  run: parseAsString,
  page: parseAsInteger.withDefault(1),
}

const serialize = createSerializer(detailParsers)

export type DetailAddress = Parameters<typeof serialize>[1]

export const detailHref = (campaignId: string, address: DetailAddress) => serialize(`/campaigns/${campaignId}`, address)

/** The mails that a number counts. */
export const emailsHref = (campaignId: string, status: EmailStatus | null, step: number | null = null) =>
  detailHref(campaignId, { tab: 'emails', status, step })
