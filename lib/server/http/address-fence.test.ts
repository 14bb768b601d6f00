import { expect, test } from "vitest"
import { HttpFault } from "@/lib/checks/ports"
import { whyAddressRefused } from "./address-fence"
import { fencedUrl } from "./request-fence"

const PUBLIC = ["93.184.215.14", "8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"]
const OWN = ["127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "::1", "fd12::1"]
const NEVER = [
  ...["169.254.169.254", "169.254.1.1", "fe80::1", "fe80::1%eth0", "0.0.0.0", "::", "224.0.0.1", "255.255.255.255"],
  ...["fd00:ec2::254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "::ffff:169.254.169.254", "240.0.0.1"],
  ...["64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::", "2001::1", "ff02::1", "fec0::1", "no address"],
]

test.each(PUBLIC)("%s is public", (address) => {
  expect(whyAddressRefused(address, false)).toBeNull()
  expect(whyAddressRefused(address, true)).toBeNull()
})

test.each([...OWN, ...OWN.slice(0, 5).map((address) => `::ffff:${address}`)])(
  "%s is for the own network",
  (address) => {
    expect(whyAddressRefused(address, false)).toMatch(/loopback|private/)
    expect(whyAddressRefused(address, true)).toBeNull()
  },
)

test.each(NEVER)("%s is never reached", (address) => {
  expect(whyAddressRefused(address, false)).not.toBeNull()
  expect(whyAddressRefused(address, true)).not.toBeNull()
})

test.each([
  ["http://2130706433/", "loopback"],
  ["http://0177.0.0.1/", "loopback"],
  ["http://0x7f.1/", "loopback"],
  ["http://[::ffff:7f00:1]/", "loopback"],
  ["http://①②⑦.0.0.1/", "loopback"],
  ["http://169.254.169.254/latest/meta-data", "link-local"],
  ["http://someone:secret@example.com/", "password"],
  ["file:///etc/passwd", "only http: and https:"],
  ["gopher://example.com/", "only http: and https:"],
  ["//example.com", "no address"],
  ["{{env.baseUrl}}/health", "no address"],
])("the address %s is refused", (url, words) => {
  expect(() => fencedUrl(url, undefined, false)).toThrow(words)
  expect(() => fencedUrl(url, undefined, false)).toThrow(HttpFault)
})
