/** Leaf = done or good, mango = waiting or soon, brick = refused or overdue, river = on the way, quiet = nothing to do. */
export type Tone = 'leaf' | 'mango' | 'brick' | 'river' | 'quiet';
