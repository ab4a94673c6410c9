import {
  MAX_MESSAGE_LENGTH,
  type Challenge,
  type RequestForm,
  type RequestType,
} from '../../../contract/data-requests';
import type { Chunks } from '../core/desk';
import type { Part } from '../ui/element';
import css from './request.css';
import { solve } from './solve';

const shown = new WeakSet<Element>();
/** Makes the ids of fields unique on a page with two forms. */
let count = 0;

/**
 * The form for requests about one's own data, in the place of a `<privacy-desk-request>`. What the page has in there stays
 * where the form cannot be used: an address to write to, for instance.
 */
export default {
  async show(desk, place) {
    if (shown.has(place)) return;
    shown.add(place);
    const { part, style, element, button } = (await desk.load('ui')).default;
    const { site, locale: language } = desk.config;
    const from = place.getAttribute('site') ?? site;
    const ask = async (path: string, body?: object) => {
      const response = await fetch(
        new URL(`requests${path}`, desk.url),
        body && { method: 'POST', body: JSON.stringify(body) },
      );
      if (!response.ok) throw response;
      return response.json() as Promise<unknown>;
    };
    const { locale, dir, texts } = (await ask(
      `/form?site=${from}&locale=${place.getAttribute('locale') ?? language}`,
    )) as RequestForm;
    style(desk, css);
    const box = part(desk, 'div', 'request', { lang: locale, dir });
    // Over plain http the browser does not offer what proves that this is no bot.
    if (!crypto.subtle) {
      box.append(texts.insecure);
      return place.prepend(box);
    }
    /** A control with its label and room for what is wrong with it. */
    const field = (tag: 'select' | 'input' | 'textarea', label: string, ...parts: Part[]) => {
      const id = `privacy-desk-${count++}`;
      const control = element(tag, { id, 'aria-describedby': `${id}-problem` }, ...parts) as HTMLInputElement;
      const problem = element('mark', { id: `${id}-problem` });
      form.append(element('div', element('label', { for: id }, label), control, problem));
      return {
        control,
        /** Says what is wrong, and puts the focus there; nothing if it is right. */
        tell(wrong: boolean, text: string) {
          problem.textContent = wrong ? text : '';
          control.setAttribute('aria-invalid', `${wrong}`);
          if (wrong) control.focus();
          return wrong;
        },
      };
    };
    const form = element('form', { novalidate: true });
    const wanted = place.getAttribute('types');
    const type = field(
      'select',
      texts.type,
      { name: 'type', required: true },
      element('option'),
      ...Object.entries(texts.types).map(
        ([value, label]) => (!wanted || wanted.includes(value)) && element('option', { value }, label),
      ),
    );
    const email = field('input', texts.email, { name: 'email', type: 'email', autocomplete: 'email', required: true });
    const message = field('textarea', `${texts.message} (${texts.optional})`, {
      name: 'message',
      rows: '5',
      maxlength: `${MAX_MESSAGE_LENGTH}`,
    });
    const status = element('p', { role: 'status', tabindex: '-1' });
    const send = button('send', texts.send);
    send.type = 'submit';
    form.append(element('div', send));
    let busy = false;
    form.onsubmit = async (event) => {
      event.preventDefault();
      if (busy) return;
      // The focus stays at the first of them.
      const wrong = email.tell(!/\S@\S+\.\S/.test(email.control.value), texts.invalidEmail);
      if (type.tell(!type.control.value, texts.missingType) || wrong) return;
      busy = true;
      status.textContent = texts.sending;
      try {
        const { reference } = (await ask('', {
          type: type.control.value as RequestType,
          email: email.control.value,
          message: message.control.value,
          site: from,
          locale,
          altcha: await solve((await ask('/challenge')) as Challenge),
        })) as { reference: string };
        status.textContent = texts.sent.replace('{reference}', reference);
        form.remove();
        status.focus();
      } catch (error) {
        // All that was typed is still there.
        const { status: code } = error as Response;
        status.textContent = code === 429 ? texts.tooMany : texts.failed;
        // The server knows more of addresses.
        if (code === 400)
          status.textContent = email.tell((await (error as Response).text()).includes('"email"'), texts.invalidEmail)
            ? ''
            : texts.failed;
      }
      busy = false;
    };
    box.append(element('h2', texts.title), element('p', texts.intro), form, status);
    place.replaceChildren(box);
  },
} satisfies Chunks['request'];
