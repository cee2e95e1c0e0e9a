import { FlaskConical } from 'lucide-react'
import { Chip } from '@/components/ui/chip'

/** Says that what a source answers is made up. */
export const SampleBadge = () => <Chip icon={FlaskConical}>Sample data source</Chip>
