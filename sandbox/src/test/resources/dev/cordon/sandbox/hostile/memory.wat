;; takes all memory there is, and more
(module
  (memory (export "memory") 1)
  (func (export "analyse") (result i32)
    (loop $l (br_if $l (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
    (unreachable)))
