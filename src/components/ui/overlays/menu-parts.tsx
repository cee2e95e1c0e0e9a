'use client'

import { Menu as Base } from '@base-ui/react/menu'
import Link from 'next/link'
import { cn } from '../class-names'
import { type TakesOver, useTakenFocus } from '../later/use-stand-in'
import { itemStyle, popupStyle } from '../popup-style'
import type { MenuEntry, MenuProps } from './menu'

/** The menu itself, hung on its trigger; `Menu` fetches it and stands in for it. */
export function MenuParts({
  label,
  items,
  trigger,
  align = 'end',
  side = 'bottom',
  open,
  onOpenChange,
  takesOver,
}: MenuProps & { trigger: NonNullable<MenuProps['trigger']>; takesOver: TakesOver }) {
  const control = useTakenFocus<HTMLButtonElement>(takesOver)
  return (
    <Base.Root
      modal={false}
      {...(open === undefined ? { defaultOpen: takesOver.open } : { open })}
      {...(onOpenChange ? { onOpenChange } : {})}
    >
      <Base.Trigger ref={control} render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} side={side} className="z-50 outline-none">
          <Base.Popup aria-label={label} className={cn(popupStyle, 'min-w-[180px] max-w-[300px]')}>
            {items.map((item, index) =>
              item === 'separator' ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: a line between entries has no identity
                <Base.Separator key={index} className="my-1 h-px bg-line" />
              ) : (
                <MenuLine key={item.label} item={item} />
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function MenuLine({ item }: { item: Exclude<MenuEntry, 'separator'> }) {
  const Icon = item.icon
  const words = (
    <>
      {Icon && <Icon aria-hidden className={item.tone === 'danger' ? 'text-failed-ink' : 'text-ink-2'} />}
      <span className="grid min-w-0 flex-1">
        <span>{item.label}</span>
        {item.hint && <span className="text-caption text-ink-3">{item.hint}</span>}
      </span>
    </>
  )
  const className = cn(itemStyle, item.tone === 'danger' && 'text-failed-ink')
  if (item.href && !item.disabled) {
    return (
      <Base.LinkItem closeOnClick className={className} render={<Link href={item.href} />}>
        {words}
      </Base.LinkItem>
    )
  }
  return (
    <Base.Item disabled={item.disabled ?? false} className={className} onClick={() => item.onSelect?.()}>
      {words}
    </Base.Item>
  )
}
