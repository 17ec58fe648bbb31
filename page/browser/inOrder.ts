/**
 * Keeps an answer that comes late from replacing a newer one.
 *
 * @returns called when something is asked: gives what tells, once the answer is there, whether it may still be shown
 */
export function inOrder(): () => () => boolean {
  let asked = 0;
  let shown = 0;
  return () => {
    const turn = ++asked;
    return () => {
      if (turn < shown) return false;
      shown = turn;
      return true;
    };
  };
}
