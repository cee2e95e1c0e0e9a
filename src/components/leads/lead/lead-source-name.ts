import { SOURCE_LABELS } from '@/domain/lead-generation/criteria'

/** Where leads come from, as people call it. */
export const LEAD_SOURCE_NAMES: Readonly<Record<string, string>> = {
  csv: 'CSV file',
  manual: 'Added by hand',
  ...SOURCE_LABELS,
}

/** Where a lead came from, as people call it. */
export const leadSourceName = (source: string) => LEAD_SOURCE_NAMES[source] ?? source
