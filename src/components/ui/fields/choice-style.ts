import { cn } from '../class-names'
import { controlStyle } from './input'

/** The look of the control of a `Select`. */
export const selectStyle = cn(
  controlStyle,
  'inline-flex h-8 items-center justify-between gap-2 px-2.5 text-left pointer-coarse:h-10 data-placeholder:text-ink-3 data-disabled:bg-sunken data-disabled:text-ink-3',
)

/** The look of the input of a `Combobox`, and of the button at its end. */
export const comboboxStyle = {
  input: cn(controlStyle, 'h-8 pr-8 pl-2.5 pointer-coarse:h-10'),
  button: 'absolute inset-y-0 right-0 grid w-8 place-items-center rounded-control text-ink-3',
}
