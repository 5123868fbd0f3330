export default function HomePage() {
  return <main>Goldsmith</main>;
}
