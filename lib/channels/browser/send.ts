import { ChannelRefusal, type Send } from "../contract"
import { factInWords } from "../parts/instant"
import { rendered, shortened } from "../parts/rendered"

const TEXT_CHARS = 1_000

export const send: Send = async (_, message, { notice }) => {
  const { notification, key, serviceId, people } = message
  // Not for everybody because those whom it was for have left.
  if (notification.people.length > 0 && people.length === 0) {
    throw new ChannelRefusal("Nobody whom it is for has an account any more", { final: true })
  }
  const { title, text, facts } = rendered(message)
  const words = [text, ...facts.map(({ name, value }) => `${name}: ${factInWords(value)}`)].filter(Boolean).join("\n")
  await notice({
    ...{ key, serviceId, userIds: people.map(({ id }) => id), topic: notification.topic },
    ...{ severity: notification.severity, title, text: shortened(words, TEXT_CHARS), href: notification.path },
  })
}
