;; an entry with a parameter
(module
  (memory (export "memory") 1)
  (func (export "analyse") (param i32) (result i32) (i32.const 0)))
