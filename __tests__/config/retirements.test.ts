import { retirementNotice } from '../../config/retirements';

const on = (date: string, model = 'gpt-4o', version = '2024-11-20') =>
  retirementNotice(model, version, new Date(date));

test('a model that is retired is said to be refused, with the date and a current one', () => {
  expect(on('2027-05-01')).toBe(
    'model gpt-4o 2024-11-20 was retired on 2027-04-14: Azure refuses to deploy it; choose a current one, such as gpt-5.6-terra 2026-07-09',
  );
});

test('a model that retires within half a year is said to need a successor', () => {
  expect(on('2026-11-22')).toContain('retires on 2027-04-14');
  expect(on('2026-10-17')).toContain('retires on 2027-04-14');
});

test('a model is not spoken of while more than half a year is left', () => {
  expect(on('2026-10-15')).toBeUndefined();
  expect(on('2026-11-22', 'gpt-5.6-terra', '2026-07-09')).toBeUndefined();
});

test('a version of the same model has a date of its own', () => {
  expect(on('2026-11-22', 'gpt-4o', '2024-05-13')).toContain('was retired on 2026-10-01');
});

test('a model that nobody knows is not spoken of', () => {
  expect(on('2099-01-01', 'gpt-9', '1')).toBeUndefined();
});
