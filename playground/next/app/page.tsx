import Script from 'next/script';
import { Embed, Gate } from 'privacy-desk-client/react';
import { Choice } from './choice';

export default function Page() {
  return (
    <>
      <header>
        <b>Northlight</b>
      </header>
      <main>
        <h1>Three minutes to a better cup</h1>
        <p>Sixteen grams, a quarter of a litre, water just off the boil. Our short film shows the pour.</p>
        <Embed category="MARKETING/youtube" service="youtube" id="aqz-KE-bpKQ" title="Film: pouring a filter coffee">
          <a href="https://www.youtube.com/watch?v=aqz-KE-bpKQ">The film on YouTube</a>
        </Embed>
        <h2>What this page may do</h2>
        <Gate category="STATISTICS" fallback={<p id="statistics">Nobody counts this visit.</p>}>
          <p id="statistics">This visit is counted.</p>
          <Script src="/statistics.js" />
        </Gate>
        <Choice />
      </main>
    </>
  );
}
