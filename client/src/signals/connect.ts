import type { Choice } from '../../../contract/choice';
import type { VendorName, VendorSettings } from '../../../contract/vendors';
import type { Desk } from '../core/desk';
import type { Manifest, Telling } from './manifest';

/** Tells a vendor what the desk decided, if that is news. */
export type Signal = (desk: Desk) => void;

/** A signal of a vendor: says nothing as long as the site does not name the vendor. */
const connect = <Vendor extends VendorName>({ vendor, tell }: Manifest<Vendor>): Signal => {
  let told: Choice | undefined;
  let telling: Telling<Vendor> | undefined;
  return (desk) => {
    const settings = desk.config.signals?.[vendor] as VendorSettings<Vendor> | undefined;
    const choice = desk.choice();
    if (!settings || choice === told) return;
    told = choice;
    const first = !telling;
    const allowed = (key: string) => !!desk.decision().allowed[key];
    telling ??= {
      settings,
      first,
      decided: () => !!Object.keys(desk.choice().entries)[0],
      allowed,
      granted: (signal) => !!settings.grants[signal]?.every(allowed),
      ready: desk.api.ready,
    };
    telling.first = first;
    tell(telling);
  };
};
export default connect;
