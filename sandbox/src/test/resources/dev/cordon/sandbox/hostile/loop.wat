;; never ends
(module
  (memory (export "memory") 1)
  (func (export "analyse") (result i32) (loop $l (br $l)) (i32.const 0)))
