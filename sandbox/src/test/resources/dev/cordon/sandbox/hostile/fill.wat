;; fills all its memory again and again
(module
  (memory (export "memory") 256)
  (func (export "analyse") (result i32)
    (loop $l (memory.fill (i32.const 0) (i32.const 7) (i32.const 16777216)) (br $l))
    (i32.const 0)))
