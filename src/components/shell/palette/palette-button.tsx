'use client'

import { Search } from 'lucide-react'
import { IconButton } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { useOpenPalette } from '../keyboard'

/** Opens the palette: as a field in the navigation, `compact` as a sign. */
export function PaletteButton({ compact }: { compact?: boolean }) {
  const open = useOpenPalette()
  if (compact) return <IconButton icon={Search} label="Search everything" onClick={open} />
  return (
    <button
      type="button"
      onClick={open}
      className="flex min-h-8 items-center gap-2.5 rounded-small border bg-surface px-2 text-control text-ink-3 hover:text-ink pointer-coarse:min-h-10"
    >
      <Search aria-hidden className="size-4" />
      Search
      <span className="ml-auto">
        <Kbd>Ctrl K</Kbd>
      </span>
    </button>
  )
}
