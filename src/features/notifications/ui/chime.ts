import { isLoud } from '#console/offline/tabs.ts'

/** Two short soft tones, made here: nothing to fetch. In one of several tabs. A browser that was not touched yet is silent. */
export async function chime(): Promise<void> {
  if (!('AudioContext' in globalThis) || !(await isLoud())) return
  play()
}

/** The same without asking the other tabs. */
export function play(): void {
  const context = new AudioContext()
  const tones = [660, 880]
  tones.forEach((frequency, index) => {
    const at = context.currentTime + index * 0.14
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(0, at)
    volume.gain.linearRampToValueAtTime(0.12, at + 0.015)
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.32)
    tone.connect(volume).connect(context.destination)
    tone.start(at)
    tone.stop(at + 0.34)
    if (index === tones.length - 1) tone.onended = () => void context.close()
  })
}
