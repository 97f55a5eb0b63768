;; never begins: its start function does not end
(module
  (memory (export "memory") 1)
  (func $start (loop $l (br $l)))
  (start $start)
  (func (export "analyse") (result i32) (i32.const 0)))
