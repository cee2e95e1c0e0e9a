import { SOURCE_LABELS } from '@/domain/lead-generation/criteria'

const NAMES: Readonly<Record<string, string>> = { ...SOURCE_LABELS, csv: 'CSV file', manual: 'Added by hand' }

/** Where a lead came from, as people call it. */
export const leadSourceName = (source: string) => NAMES[source] ?? source
