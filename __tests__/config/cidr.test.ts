import { addressAt, cidr, contains, overlap, size } from '../../config/cidr';

const message = (value: string) => cidr.safeParse(value).error?.issues[0]?.message;

test.each(['10.30.0.0/23', '0.0.0.0/0', '192.168.1.7/32'])('%s is a network', value => {
  expect(cidr.parse(value)).toBe(value);
});

test.each([
  '10.30.0.0',
  '10.30.0.0/33',
  '10.30.0.0/x',
  '256.0.0.0/8',
  'fd00::/8',
  'ten',
  '',
])('"%s" is no IPv4 network', value => {
  expect(message(value)).toBe('is no IPv4 network; write it as 10.30.0.0/23');
});

test('host bits are refused, and the network that holds the address is named', () => {
  expect(message('10.30.1.5/23')).toBe('has host bits set; the network that holds it is 10.30.0.0/23');
});

test.each([
  ['10.30.0.0/16', '10.30.2.0/24', true],
  ['10.30.0.0/16', '10.30.0.0/16', true],
  ['10.30.2.0/24', '10.30.0.0/16', false],
  ['10.30.0.0/16', '10.31.0.0/24', false],
  ['0.0.0.0/0', '10.0.0.0/8', true],
])('%s contains %s: %s', (outer, inner, expected) => {
  expect(contains(outer, inner)).toBe(expected);
});

test.each([
  ['10.30.0.0/16', '10.30.2.0/24', true],
  ['10.30.2.0/24', '10.30.0.0/16', true],
  ['10.30.0.0/23', '10.30.1.0/24', true],
  ['10.30.0.0/23', '10.30.2.0/24', false],
])('%s and %s share an address: %s', (a, b, expected) => {
  expect(overlap(a, b)).toBe(expected);
});

test.each([
  ['10.30.0.0/23', 512],
  ['10.30.0.0/29', 8],
  ['0.0.0.0/0', 4_294_967_296],
])('%s holds %d addresses', (network, expected) => {
  expect(size(network)).toBe(expected);
});

test.each([
  ['10.0.0.0/16', 10, '10.0.0.10'],
  ['10.0.0.0/16', 300, '10.0.1.44'],
  ['200.0.0.0/8', 16_777_215, '200.255.255.255'],
])('the address of %s at %d is %s', (network, index, expected) => {
  expect(addressAt(network, index)).toBe(expected);
});
