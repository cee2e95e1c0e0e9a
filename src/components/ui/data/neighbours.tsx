import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type ButtonProps, IconButton } from '../button'

/** Ways to what stands before and after: null at the ends. */
export function Neighbours({
  noun,
  previous,
  next,
  size,
}: {
  /** "lead": "Previous lead", "Next lead". */
  noun: string
  previous: (() => void) | null
  next: (() => void) | null
  size?: ButtonProps['size']
}) {
  const ways = [
    { label: `Previous ${noun}`, icon: ChevronLeft, go: previous },
    { label: `Next ${noun}`, icon: ChevronRight, go: next },
  ]
  return ways.map(({ label, icon, go }) => (
    <IconButton key={label} icon={icon} label={label} size={size} disabled={go === null} onClick={() => go?.()} />
  ))
}
