'use client'

import { Search } from 'lucide-react'
import { type ComponentProps, useEffect, useRef } from 'react'
import { cn } from '../class-names'
import { controlStyle } from './input'

/** Filters what stands below it. `label` names it; `/` puts the cursor there, Escape clears it. */
export function SearchInput({
  label,
  value,
  onValueChange,
  shortcut = true,
  className,
  ...props
}: Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type' | 'aria-label'> & {
  label: string
  value: string
  onValueChange: (value: string) => void
  /** Listen to `/`. At most one a page. */
  shortcut?: boolean
}) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!shortcut) return
    const focus = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable]')
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      input.current?.focus()
    }
    document.addEventListener('keydown', focus)
    return () => document.removeEventListener('keydown', focus)
  }, [shortcut])

  return (
    <span className={cn('relative inline-flex w-full items-center sm:w-[250px]', className)}>
      <Search aria-hidden className="pointer-events-none absolute left-2.5 size-[15px] text-ink-3" />
      <input
        placeholder={label}
        {...props}
        ref={input}
        type="search"
        aria-label={label}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return
          event.preventDefault()
          onValueChange('')
        }}
        className={cn(
          controlStyle,
          'h-8 pr-2.5 pl-[33px] pointer-coarse:h-10 [&::-webkit-search-cancel-button]:hidden',
        )}
      />
    </span>
  )
}
