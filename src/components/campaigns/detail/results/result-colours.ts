import { seriesColour } from '@/components/ui/data/series'

/** What was sent, beside what was answered: two shades of one hue, told apart in both themes. */
export const SENT_COLOUR = seriesColour(2, 3)
export const REPLIED_COLOUR = seriesColour(0, 3)
