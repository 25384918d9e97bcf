import type { Environment } from '../config/environment';
import type { Problem } from '../config/problem';

/** The zeros of the sample environments: a role for nobody fails in the middle of an apply. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Domains of documentation, in which Let's Encrypt takes no account: the order would fail as the last thing of `up`. */
const DOCUMENTATION = /@example\.(com|net|org)$/i;

/** What the sample environments leave to be filled in, and Azure or Let's Encrypt would refuse late. */
export function sampleValues({ name, administrators, ingress }: Environment): Problem[] {
  const where = `environments/${name}.ts`;
  const { email } = ingress.acme;
  return [
    ...administrators
      .map((given, index) => ({
        where,
        path: `administrators.${index}`,
        given,
        message:
          'is nobody; put the object id of the group that deploys in its place: az ad group show --group <name> --query id',
      }))
      .filter(({ given }) => given === NOBODY),
    ...(DOCUMENTATION.test(email)
      ? [
          {
            where,
            path: 'ingress.acme.email',
            given: email,
            message: "is refused by Let's Encrypt; put the address in its place that it may write to",
          },
        ]
      : []),
  ];
}
