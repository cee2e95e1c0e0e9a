import { playLives } from './lives'

playLives(3)
