// Stands for two packages that feel-lint asks only when versions of another product are compared, which we never do.
export class FeelAnalyzer {}
export const isCompatible = () => true;
